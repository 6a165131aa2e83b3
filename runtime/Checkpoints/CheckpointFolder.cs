namespace NetGen;

/// <summary>A checkpoint's folder while a run uses it, which keeps others out until it is disposed.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string LockName = "checkpoint.lock";
    private readonly FileStream held;

    private CheckpointFolder(TrainingCheckpoint checkpoint, FileStream held) => (Checkpoint, this.held) = (checkpoint, held);

    /// <summary>What is asked for.</summary>
    public TrainingCheckpoint Checkpoint { get; }

    /// <summary>Makes the folder where there is none, and locks it.</summary>
    /// <exception cref="IOException">Another run has it, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static CheckpointFolder Open(TrainingCheckpoint checkpoint)
    {
        string folder = checkpoint.Folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException exception)
        {
            throw new IOException($"The checkpoint folder '{folder}' cannot be made: {exception.Message}", exception);
        }
        string path = Path.Combine(folder, LockName);
        try
        {
            // The system lets go of it when the process ends, however it does.
            return new CheckpointFolder(checkpoint, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The checkpoint folder '{folder}' may not be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"The checkpoint folder '{folder}' is in use by another run, or its '{LockName}' cannot be opened. Choose another folder, or end the other run. {exception.Message}", exception);
        }
    }

    /// <summary>The run that is written down; null where there is none.</summary>
    /// <exception cref="WeightsException">The file is damaged.</exception>
    public RunFile? Read() => Checkpoint.Exists ? RunFile.Read(Checkpoint.FilePath) : null;

    /// <summary>Replaces what is written down.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is whole.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what was there is whole.</exception>
    public void Write(RunFile run)
    {
        string path = Checkpoint.FilePath;
        try
        {
            run.Write(path);
        }
        catch (IOException exception)
        {
            throw new IOException($"The checkpoint '{path}' could not be written, and is as it was: {exception.GetBaseException().Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The checkpoint '{path}' could not be written, and is as it was: {exception.Message}", exception);
        }
    }

    public void Dispose() => held.Dispose();
}
