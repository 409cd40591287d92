namespace EatFast.Notifications.Realtime;

/// <summary>Which connections of this process are in which room; a connection in several of the rooms addressed is found once.</summary>
internal sealed class Rooms
{
    public const string Admins = "admins";
    private readonly Dictionary<string, HashSet<string>> _byConnection = [];
    private readonly Dictionary<string, HashSet<string>> _byRoom = [];
    private readonly Lock _gate = new();

    public static string OfUser(Guid userId) => $"user:{userId}";

    public static string OfOrder(Guid orderId) => $"order:{orderId}";

    /// <summary>False when the connection is in too many rooms already.</summary>
    public bool Join(string connectionId, string room, int limit = int.MaxValue)
    {
        lock (_gate)
        {
            if (!_byConnection.TryGetValue(connectionId, out var joined))
                _byConnection[connectionId] = joined = [];
            if (joined.Count >= limit && !joined.Contains(room))
                return false;
            joined.Add(room);
            if (!_byRoom.TryGetValue(room, out var members))
                _byRoom[room] = members = [];
            members.Add(connectionId);
            return true;
        }
    }

    public void Leave(string connectionId, string room)
    {
        lock (_gate)
        {
            if (_byConnection.TryGetValue(connectionId, out var joined) && joined.Remove(room))
                Remove(connectionId, room);
        }
    }

    public void LeaveAll(string connectionId)
    {
        lock (_gate)
        {
            if (!_byConnection.Remove(connectionId, out var joined))
                return;
            foreach (var room in joined)
                Remove(connectionId, room);
        }
    }

    public IReadOnlyList<string> Members(IEnumerable<string> rooms)
    {
        lock (_gate)
            return [.. rooms.SelectMany(room => _byRoom.GetValueOrDefault(room) ?? []).Distinct()];
    }

    private void Remove(string connectionId, string room)
    {
        var members = _byRoom[room];
        members.Remove(connectionId);
        if (members.Count == 0)
            _byRoom.Remove(room);
    }
}
