package org.interregnum.orchestrator.adapter.export;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.adapter.json.JsonChecksum;
import org.interregnum.orchestrator.event.EventLogException;

/** Reads {@code run.json} back, and trusts it only when its version and its checksum are right. */
public final class RunManifestFile {
    private RunManifestFile() {}

    /**
     * Reads it.
     *
     * @throws EventLogException when it cannot be read or is no manifest of a run
     */
    public static JsonNode read(Path manifest) {
        try {
            byte[] text = Files.readAllBytes(manifest);
            JsonNode root = new ObjectMapper().readTree(text);
            String version = root.path("format_version").asText("0");
            if (!version.equals(Integer.toString(RunManifest.VERSION))) {
                throw new IllegalArgumentException(
                        "it has format version " + version + ", this program reads version " + RunManifest.VERSION);
            }
            JsonChecksum.require(text);
            return root;
        } catch (JacksonException e) {
            throw new EventLogException(manifest + ": not the manifest of a run: it is no JSON", e);
        } catch (IllegalArgumentException e) {
            throw new EventLogException(manifest + ": not the manifest of a run: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EventLogException(manifest + " cannot be read", e);
        }
    }
}
