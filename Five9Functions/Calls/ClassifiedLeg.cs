namespace Five9Functions.Calls;

/// <summary>A leg and what became of it.</summary>
/// <param name="Queue">Its own, whatever became of it.</param>
/// <param name="Contact">
/// The contact that its figures went to: CALL ID, a slash, and the contact's place among those of the call (101/1); empty for none.
/// A leg of a third party can be in that of another queue.
/// </param>
public sealed record ClassifiedLeg(CallLeg Leg, LegClass Class, string Queue, string Contact);
