using System.Text.Json;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>A value of a JSON document that knows where it stands, for messages that name the place: calls[2].fault.name.</summary>
internal sealed class JsonPlace
{
    private readonly JsonElement _value;
    private readonly string _path;

    private JsonPlace(JsonElement value, string path, string name) => (_value, _path, Name) = (value, path, name);

    /// <summary>Of the property; empty for the document and for items.</summary>
    public string Name { get; }

    public static JsonPlace Root(JsonElement value) => new(value, "", "");

    public FormatException Wrong(string what) => new($"{(_path.Length == 0 ? "the document" : _path)} {what}.");

    /// <summary>Refuses properties of any other name.</summary>
    public void Only(params string[] names)
    {
        if (Properties().FirstOrDefault(p => !names.Contains(p.Name, StringComparer.Ordinal)) is { } unknown)
        {
            throw unknown.Wrong(names.Length == 0 ? "is not known here, nor is anything else" : $"is not known here; known are {string.Join(", ", names)}");
        }
    }

    public IEnumerable<JsonPlace> Properties() => _value.ValueKind == JsonValueKind.Object
        ? _value.EnumerateObject().Select(p => new JsonPlace(p.Value, _path.Length == 0 ? p.Name : $"{_path}.{p.Name}", p.Name))
        : throw Wrong("must be an object");

    public IEnumerable<JsonPlace> Items() => _value.ValueKind == JsonValueKind.Array
        ? _value.EnumerateArray().Select((item, i) => new JsonPlace(item, $"{_path}[{i}]", ""))
        : throw Wrong("must be an array");

    public JsonPlace? Find(string name) => Properties().FirstOrDefault(p => p.Name == name);

    public JsonPlace Required(string name) => Find(name) ?? throw Wrong($"must have {name}");

    public string Text() => _value.ValueKind == JsonValueKind.String ? _value.GetString()! : throw Wrong("must be a text");

    public int Whole(int least, int most) => _value.ValueKind == JsonValueKind.Number && _value.TryGetInt32(out var number) && number >= least && number <= most
        ? number
        : throw Wrong(most == int.MaxValue ? $"must be a whole number, {least} or more" : $"must be a whole number from {least} to {most}");

    public TimeSpan Seconds() => _value.ValueKind == JsonValueKind.Number && _value.TryGetDouble(out var seconds) && seconds is >= 0 and <= 86_400
        ? TimeSpan.FromSeconds(seconds)
        : throw Wrong("must be a number of seconds from 0 to 86400");

    public bool IsTrue() => _value.ValueKind == JsonValueKind.True;
}
