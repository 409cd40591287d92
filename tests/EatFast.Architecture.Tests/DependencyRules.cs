namespace EatFast.ArchitectureTests;

public sealed class DependencyRules
{
    private const string Database = @"^Microsoft\.EntityFrameworkCore|^Npgsql";
    private const string Web = @"^Microsoft\.AspNetCore";
    private const string Broker = @"^MassTransit";

    [Fact]
    public void Domain_knows_no_database() => Houses.Forbid("Domain", Database);

    [Fact]
    public void Domain_knows_no_web_broker_or_rpc() => Houses.Forbid("Domain", $@"{Web}|{Broker}|^Grpc\.");

    [Fact]
    public void Domain_knows_nothing_of_the_rooms_around_it() => Houses.Forbid("Domain", @"^EatFast\.\w+\.(Data|Features|Clients|Grpc|Contracts)\.");

    [Fact]
    public void Data_knows_no_features() => Houses.Forbid("Data", @"^EatFast\.\w+\.Features\.");

    [Fact]
    public void Data_knows_no_web_or_broker() => Houses.Forbid("Data", $"{Web}|{Broker}");

    [Fact]
    public void Features_do_not_speak_http_themselves() => Houses.Forbid("Features", @"^System\.Net\.Http\.HttpClient");

    [Fact]
    public void Features_publish_only_through_the_outbox() =>
        Houses.Forbid("Features", @"^MassTransit\.(IBus|IPublishEndpoint|ISendEndpointProvider)$");

    [Fact]
    public void Features_leave_grpc_clients_to_the_border() => Houses.Forbid("Features", @"^Grpc\.Core\.ClientBase|\.Contracts\.V1\.\w+[/+]\w+Client$");

    [Fact]
    public void Clients_know_no_data_or_features() => Houses.Forbid("Clients", @"^EatFast\.\w+\.(Data|Features)\.");

    [Fact]
    public void Grpc_services_reach_data_only_through_features() => Houses.Forbid("Grpc", @"^EatFast\.(?!Data\.)\w+\.Data\.");

    [Fact]
    public void Contracts_stand_alone() =>
        Houses.Forbid("Contracts", $@"^EatFast\.\w+\.(Domain|Data|Features|Clients|Grpc)\.|{Database}|{Web}|{Broker}");
}
