package org.interregnum.orchestrator.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.interregnum.orchestrator.event.EventLogException;

/** The right to be the only one who writes a file. */
final class SoleWriter {
    private SoleWriter() {}

    /**
     * Takes the right, which goes with the channel.
     *
     * @throws EventLogException when another process, or this one, has it
     */
    static void lock(Path path, FileChannel channel) {
        if (!isAlone(channel)) {
            throw new EventLogException("cannot write " + path + ": another process is writing it");
        }
    }

    /** Takes the right, which goes with the channel; false when another process, or this one, has it. */
    static boolean isAlone(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // Some network file systems know no locks; a run there is worth more than the protection.
            return true;
        }
    }
}
