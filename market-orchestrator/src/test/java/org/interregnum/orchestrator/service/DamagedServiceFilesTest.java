package org.interregnum.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.interregnum.orchestrator.adapter.export.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that starts, and the files of its runs that are not what they were: such a run is left alone, in one line. */
class DamagedServiceFilesTest {
    private static final int CHANGES = 300;

    @TempDir
    private Path data;

    private RunDirectory directory;
    private byte[] request;

    @BeforeEach
    void keep() throws Exception {
        directory = RunDirectory.create(data.resolve("first"));
        directory.keepRequest(ServedMarket.REQUEST);
        request = Files.readAllBytes(directory.request());
    }

    private List<String> recover() {
        List<String> journal = new ArrayList<>();
        new MarketService(ServedMarket.settings(data), journal::add).recover();
        return journal;
    }

    private void assertLeftAlone(byte[] content, String problem) throws Exception {
        Files.write(directory.request(), content);
        assertThat(recover())
                .singleElement()
                .asString()
                .startsWith("run first cannot be taken up again: " + directory.request() + ": ")
                .contains(problem)
                .doesNotContain("\n");
        assertThat(directory.eventLog()).doesNotExist();
    }

    @Test
    void shouldGiveBackWhatWasKept() {
        assertThat(directory.keptRequest()).isEqualTo(ServedMarket.REQUEST);
        directory.keepRequest("{\"J\": 1, \"text\": \"ρ\"}");
        assertThat(directory.keptRequest()).isEqualTo("{\"J\": 1, \"text\": \"ρ\"}");
    }

    @Test
    void shouldRefuseTenChangedBytesWhereverTheyAre() throws Exception {
        Random random = new Random(4);
        for (int change = 0; change < CHANGES; change++) {
            byte[] changed = request.clone();
            int from = random.nextInt(changed.length);
            for (int count = 0; count < 10; count++) {
                int at = change % 2 == 0 ? Math.min(from + count, changed.length - 1) : random.nextInt(changed.length);
                changed[at] ^= (byte) (1 + random.nextInt(255));
            }
            if (!java.util.Arrays.equals(changed, request)) {
                assertLeftAlone(changed, "");
            }
        }
    }

    @Test
    void shouldRefuseWhatIsCutOffAnywhere() throws Exception {
        for (int length = 0; length < request.length; length++) {
            assertLeftAlone(java.util.Arrays.copyOf(request, length), "");
        }
    }

    @Test
    void shouldRefuseWhatIsOfAnotherRunNewerOrNoRequest() throws Exception {
        String text = new String(request, StandardCharsets.UTF_8);
        assertLeftAlone(
                text.replace("of first", "of second").getBytes(StandardCharsets.UTF_8), "it is of the run second");
        assertLeftAlone(
                text.replace("version 1", "version 2").getBytes(StandardCharsets.UTF_8),
                "it has format version 2, this program reads version 1");
        assertLeftAlone(ServedMarket.REQUEST.getBytes(StandardCharsets.UTF_8), "not a request that a service kept");
    }

    @Test
    void shouldRefuseTheManifestOfAnotherRunOrADamagedOne() throws Exception {
        Files.writeString(
                directory.manifest(), "{\"format_version\": 1, \"run_id\": \"first\", \"status\": \"finished\"}");
        assertThat(recover())
                .containsExactly("run first cannot be taken up again: " + directory.manifest()
                        + ": not the manifest of a run: it does not end with its checksum");
        Files.writeString(directory.manifest(), "");
        assertThat(recover()).singleElement().asString().contains(directory.manifest() + ": not the manifest of a run");
    }
}
