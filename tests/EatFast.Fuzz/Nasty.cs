using System.Text;

namespace EatFast.Fuzz;

/// <summary>What programs trip over: as texts, as raw JSON values, and as whole bodies that are hardly JSON at all.</summary>
internal static class Nasty
{
    public static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "\n", "\r\nX-Injected: 1", "\t", "null", "undefined", "NaN", "true", "None", "-0", "0x10", "1e400", "９９",
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "%00", "%2e%2e%2f", "file:///etc/passwd", "' OR '1'='1", "'; DROP TABLE users; --",
        "\" OR \"\"=\"", "1; SELECT pg_sleep(5)", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>", "<!--", "]]>", "%n%n%s%s",
        "$(reboot)", "`id`", "|cat /etc/shadow", "\u202Eabc", "\uFEFF", "\uD83D\uDE00", "e\u0301\u0301\u0301\u0301", "ﷺ", "İ", "ß", "\u2028", "ÅÄÖ", "漢字",
        "\uFFFF", "\u0000\u0001\u0002", "Z̸̡̛a̶l̴g̵o̷", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "2026-13-45T99:99:99Z",
        "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "+237", "@", "a@b", "\"quoted\"@example.cm", "http://169.254.169.254/", "javascript:alert(1)",
        new('A', 1_000), new('é', 5_000), new('9', 400)
    ];

    public static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "2147483648", "99999999999999999999999999999999999999", "[]", "{}", "[[]]", "[null]", "[1,\"a\",{}]", "{\"a\":{\"b\":{\"c\":1}}}", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\udfff\\ud800\"", "{\"\":1}", "{\"__proto__\":{\"role\":\"admin\"}}", "\"2026-02-30\"", "\"0\"", "[" + "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1" + "]"
    ];

    public static readonly byte[][] Bodies =
    [
        [], "null"u8.ToArray(), "[]"u8.ToArray(), "0"u8.ToArray(), "\"\""u8.ToArray(), "{"u8.ToArray(), "{}}"u8.ToArray(), "{\"a\":}"u8.ToArray(),
        "{\"a\":1,\"a\":2}"u8.ToArray(), "{\"a\":1,}"u8.ToArray(), "{'a':1}"u8.ToArray(), "{a:1}"u8.ToArray(), "// {}\n{}"u8.ToArray(), "NaN"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], [0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0], [0xC3, 0x28], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], [0x00], [0x1F, 0x8B, 0x08, 0x00],
        Encoding.ASCII.GetBytes(new string('[', 5_000)), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200)),
        Encoding.ASCII.GetBytes("{\"a\":\"" + new string('x', 70_000) + "\"}"), Encoding.ASCII.GetBytes("{\"n\":" + new string('9', 60_000) + "}")
    ];

    public static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-16", "application/json;charset=nonsense", "text/plain", "text/xml", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "application/octet-stream", "application/vnd.api+json", "json", "*/*"
    ];

    public static readonly (string Name, string Value)[] Headers =
    [
        ("Idempotency-Key", new string('k', 300)), ("Idempotency-Key", "é"), ("X-Guest-Session", "' OR 1=1"), ("X-Guest-Session", "00000000-0000-0000-0000-000000000000"),
        ("Accept-Language", "xx;q=9999,,;;"), ("Accept-Language", new string('a', 2_000)), ("Accept", "application/xml"), ("X-Request-Id", "a b\tc"),
        ("traceparent", "00-zz-zz-zz"), ("Authorization", "Bearer"), ("Authorization", "Bearer a.b.c"), ("Authorization", "Basic Og=="), ("Range", "bytes=0-1,5-"),
        ("If-None-Match", "\"x"), ("Content-Encoding", "gzip"), ("Expect", "200-fine"), ("X-Platform", "mobile"), ("Cookie", "a=b; c"), ("Content-Length", "5")
    ];
}
