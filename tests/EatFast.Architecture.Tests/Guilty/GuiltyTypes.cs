using MassTransit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Guilty.Features
{
    public sealed class GuiltyFeature(HttpClient http, IBus bus, Identity.Contracts.V1.Identity.IdentityClient client)
    {
        public object Use() => (http, bus, client);
    }
}

namespace EatFast.Guilty.Features
{
    internal sealed record GuiltyRequest(int Quantity);
}

namespace EatFast.Guilty.Data
{
    public sealed class GuiltyDbContext(Features.GuiltyFeature feature, HttpContext http, IPublishEndpoint endpoint) : DbContext
    {
        public object Use() => (feature, http, endpoint);
    }
}

namespace EatFast.Guilty.Domain
{
    public class GuiltyOrder(DbContext db, HttpContext http, Data.GuiltyDbContext data)
    {
        public string Status { get; set; } = "";

        public object Use() => (db, http, data);
    }
}

namespace EatFast.Guilty.Clients
{
    public sealed class GuiltyClient(Data.GuiltyDbContext db)
    {
        public object Use() => db;
    }
}

namespace EatFast.Guilty.Grpc
{
    public sealed class GuiltyService(Data.GuiltyDbContext db)
    {
        public object Use() => db;
    }
}

namespace EatFast.Guilty.Contracts
{
    public sealed record GuiltyEvent(DbContext Db);
}
