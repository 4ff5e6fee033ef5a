package org.interregnum.orchestrator.adapter.export.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentNamesTest {
    private static final Map<String, String> RULE = Map.of("sellers", "rule", "model", "", "base_url", "");
    private static final Map<String, String> SMALL = Map.of("sellers", "llm", "model", "small", "base_url", "http://a");
    private static final Map<String, String> LARGE = Map.of("sellers", "llm", "model", "large", "base_url", "http://a");

    @TempDir
    private Path directory;

    @Test
    void shouldNameTheModelAloneWhereThatTellsAllApart() {
        AgentNames names = new AgentNames(List.of(RULE, SMALL, LARGE), List.of("sellers", "model", "base_url"));

        assertThat(names.of(RULE)).isEqualTo("rule");
        assertThat(names.of(SMALL)).isEqualTo("small");
        assertThat(names.of(LARGE)).isEqualTo("large");
    }

    @Test
    void shouldAddWhatItTakes() {
        Map<String, String> elsewhere = Map.of("sellers", "llm", "model", "small", "base_url", "http://b");

        AgentNames names = new AgentNames(List.of(SMALL, elsewhere, LARGE), List.of("model", "base_url"));

        assertThat(names.of(SMALL)).isEqualTo("small, base_url http://a");
        assertThat(names.of(elsewhere)).isEqualTo("small, base_url http://b");
    }

    @Test
    void shouldDrawAgentsAsLinesOfOneFigure() throws IOException {
        HandMadeSweep sweep = new HandMadeSweep(directory, "J,sellers,model,endpoint");
        for (double effect : new double[] {0, 0.5, 1}) {
            for (String agents : List.of("rule,,", "llm,small,local", "llm,large,local")) {
                sweep.run(effect + "," + agents, 1, effect).run(effect + "," + agents, 2, effect + 0.1);
            }
        }

        SweepFigures.write(sweep.write(), note -> {}, SweepFigures.Progress.NONE);

        try (var files = Files.list(directory.resolve("figures"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("leader-share-lines.png")
                    .allMatch(name -> name.matches("[a-z-]+-lines\\.(png|svg)"));
        }
    }
}
