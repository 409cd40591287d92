using EatFast.Identity.Input;

namespace EatFast.Identity.Tests.Input;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("677777777")]
    [InlineData("6 77 77 77 77")]
    [InlineData("+237 677-777-777")]
    [InlineData("00237677777777")]
    [InlineData("237677777777")]
    public void One_number_has_one_form_however_it_is_written(string written) =>
        Assert.Equal("+237677777777", PhoneNumberAttribute.Normalise(written));
}
