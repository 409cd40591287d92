using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Http;

/// <summary>The body of every success: <c>{"success":true,"data":...}</c>.</summary>
public sealed record Envelope<T>(
    [property: JsonPropertyOrder(3)] T Data,
    [property: JsonPropertyOrder(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null)
{
    [JsonPropertyOrder(1)]
    public bool Success => true;
}

/// <summary>Answers in the envelope; their types say status and body, so OpenAPI knows them too.</summary>
public static class Answer
{
    public static Ok<Envelope<T>> Ok<T>(T data, string? message = null) => TypedResults.Ok(new Envelope<T>(data, message));

    public static Created<Envelope<T>> Created<T>(string location, T data) => TypedResults.Created(location, new Envelope<T>(data));

    public static Accepted<Envelope<T>> Accepted<T>(T data) => TypedResults.Accepted((string?)null, new Envelope<T>(data));
}

/// <summary>Where a page stands in its list.</summary>
public sealed record Pagination(long Total, int Page, int Limit)
{
    public long TotalPages => (Total + Limit - 1) / Limit;

    public bool HasNext => Page < TotalPages;

    public bool HasPrevious => Page > 1;
}

/// <summary>Query parameters of every list; bind with <c>[AsParameters]</c>.</summary>
public sealed record PageQuery(
    [property: FromQuery(Name = "page"), Range(1, 100_000)] int Page = 1,
    [property: FromQuery(Name = "limit"), Range(1, 100)] int Limit = 20)
{
    [JsonIgnore]
    public int Skip => (Page - 1) * Limit;

    public Pagination Of(long total) => new(total, Page, Limit);
}
