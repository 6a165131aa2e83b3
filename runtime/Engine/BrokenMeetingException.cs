namespace NetGen.Engine;

/// <summary>Thrown to those who wait at a <see cref="Rendezvous"/> for a participant that has failed: a consequence, never the cause.</summary>
internal sealed class BrokenMeetingException() : InvalidOperationException("Another worker failed before the meeting.");
