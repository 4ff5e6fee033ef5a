package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.interregnum.orchestrator.event.EventLogException;

/**
 * The right to be the only one who writes the files of a directory: a lock on one that is there for nothing else. The system
 * lifts it when the process ends, however it does; the file is removed when the right is given back, so one that is there
 * without a lock was left by a process that was killed.
 */
public final class DirectoryLock implements AutoCloseable {
    /**
     * What this process has locked. On Unix a process that closes any channel to a file lifts its own lock on it: so a
     * file that is locked here must not even be opened, and the log, which is read while it is written, will not do.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private boolean closed;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right; on a network file system without locks anybody has it, for what is written there is worth more than
     * the protection.
     *
     * @param file the file that stands for it, in a directory that exists
     * @return empty when another process, or this one, has it
     * @throws EventLogException when the file cannot be made
     */
    public static Optional<DirectoryLock> take(Path file) {
        return take(file, false);
    }

    /**
     * The same where protection is worth more.
     *
     * @throws EventLogException when the file cannot be made, or the file system has no locks
     */
    public static Optional<DirectoryLock> takeSurely(Path file) {
        return take(file, true);
    }

    private static Optional<DirectoryLock> take(Path file, boolean surely) {
        Path real;
        try {
            real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw FileProblem.cannotWrite(file, e);
        }
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<DirectoryLock> taken = Optional.empty();
        try {
            taken = lock(real, surely).map(channel -> new DirectoryLock(real, channel));
        } catch (IOException e) {
            throw FileProblem.cannotWrite(file, e);
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
        return taken;
    }

    private static Optional<FileChannel> lock(Path file, boolean surely) throws IOException {
        while (true) {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                // Of somebody who is writing, or was killed.
            }
            try {
                Object before = identity(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                boolean kept = false;
                try {
                    if (!isAlone(channel, surely)) {
                        return Optional.empty();
                    }
                    // The one before may have removed the file meanwhile: then another stands in its place, for others.
                    kept = Objects.equals(identity(file), before);
                    if (kept) {
                        return Optional.of(channel);
                    }
                } finally {
                    if (!kept) {
                        channel.close();
                    }
                }
            } catch (NoSuchFileException e) {
                // Removed by the one before, this moment.
            }
        }
    }

    private static boolean isAlone(FileChannel channel, boolean surely) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            if (surely) {
                throw e;
            }
            return true;
        }
    }

    /** What tells a file from one that took its place. */
    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Gives the right back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            // While it is locked: whoever locks it later looks whether it is there still.
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file that stays is in nobody's way.
        } finally {
            HELD.remove(file);
        }
    }
}
