using Five9Functions.Adherence;
using Five9Functions.Problems;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Api.Adherence;

/// <summary>Makes activities of the rows that a caller sent. Pure.</summary>
internal sealed class ScheduleReading(Interval window, DateTimeZone zone)
{
    private const int MaxErrors = 50;
    private const int MaxWarnings = 100;
    private const int MaxAgent = 200;
    private const int MaxActivity = 100;

    private readonly List<FieldError> _errors = [];
    private readonly List<FieldError> _warnings = [];

    /// <summary>Times that do not exist in the planning zone, and what they were taken for; the first ones.</summary>
    public IReadOnlyList<FieldError> Warnings => _warnings;

    /// <exception cref="ApiException">400: some cannot be; the first ones are named, from 0.</exception>
    public IReadOnlyList<ScheduledActivity> Read(IReadOnlyList<ScheduleRow> rows)
    {
        var activities = new List<ScheduledActivity>(rows.Count);
        for (var i = 0; i < rows.Count && _errors.Count < MaxErrors; i++)
        {
            if (Read(rows[i], $"items.{i}") is { } activity)
            {
                activities.Add(activity);
            }
        }

        return _errors.Count == 0 ? activities : throw ApiException.Invalid(_errors);
    }

    private ScheduledActivity? Read(ScheduleRow row, string at)
    {
        var before = _errors.Count;
        var agent = Name(row.Agent, $"{at}.agent", MaxAgent);
        var activity = Name(row.Activity, $"{at}.activity", MaxActivity);
        var type = Type(row.Type, $"{at}.type");
        var start = Time(row.Start, $"{at}.start");
        var end = Time(row.End, $"{at}.end");
        if (_errors.Count > before)
        {
            return null;
        }

        if (end <= start || end - start > ScheduledActivity.MaxLength)
        {
            Wrong($"{at}.end", $"{at} ends {(end <= start ? "before it begins" : $"more than {ScheduledActivity.MaxLength.TotalHours} hours after it begins: send a row for each day")}.");
        }
        else if (!window.Contains(start))
        {
            Wrong($"{at}.start", $"{at} starts at {Text(start)}, outside of the window from {Text(window.Start)} to {Text(window.End)}: only what starts in it is replaced.");
        }

        return new(agent, activity, type, start, end);
    }

    private string Name(string? text, string field, int longest)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl))
        {
            Wrong(field, $"{field} must have 1 to {longest} characters and none that controls.");
        }
        else if (!PlainText.IsPlain(text))
        {
            Wrong(field, $"{field} must not hold {PlainText.Refused}.");
        }

        return text ?? "";
    }

    private ActivityType Type(string? text, string field)
    {
        foreach (var type in Enum.GetValues<ActivityType>())
        {
            if (type.Code() == text)
            {
                return type;
            }
        }

        Wrong(field, $"{field} must be {string.Join(" or ", Enum.GetValues<ActivityType>().Select(type => type.Code()))}.");
        return default;
    }

    private Instant Time(string? text, string field)
    {
        if (ScheduleTime.Parse(text ?? "", zone) is not { } time)
        {
            Wrong(field, $"{field} must be a time on a whole second such as 2026-11-02T08:00:00Z, or without an offset 2026-11-02T08:00, which is in {zone.Id}.");
            return default;
        }

        if (time.Skipped && _warnings.Count < MaxWarnings)
        {
            _warnings.Add(new(field, $"{text} does not exist in {zone.Id}, where the clocks go forward: it was taken as {Text(time.Instant)}."));
        }

        return time.Instant;
    }

    private void Wrong(string field, string detail) => _errors.Add(new FieldError(field, detail));

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
