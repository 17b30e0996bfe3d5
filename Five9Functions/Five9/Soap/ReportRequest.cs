using NodaTime;

namespace Five9Functions.Five9.Soap;

/// <summary>One report over a half-open window of UTC. Folder and name are case-sensitive, in the locale of the Five9 user.</summary>
public sealed record ReportRequest(string Folder, string Name, Interval Window);
