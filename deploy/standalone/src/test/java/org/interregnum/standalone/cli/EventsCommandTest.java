package org.interregnum.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsCommandTest {
    private static final String SELLERS =
            "{\"agent\":\"by hand\",\"version\":\"1\",\"strategy\":\"rule\",\"outcome\":\"DECISION_OUTCOME_RULE\","
                    + "\"reason\":\"\",\"model\":\"\"}";
    private static final String BUYERS =
            SELLERS.replace("by hand", "by \\\"hand\\\"").replace("\"1\"", "\"2\"");
    private static final String NO_MODELS =
            "\"impression_buyer_gaps\":[],\"new_impressions\":[],\"model_decisions\":[]," + "\"rule_decisions\":[]";
    private static final List<String> EVENTS = List.of(
            "{\"run_started\":{\"run_id\":\"by-hand\",\"program_version\":\"0.1\",\"parameters\":{\"buyers\":4,"
                    + "\"sellers\":3,\"scaled_network_effect\":1.0,\"update_rate\":0.5,\"preference_mean\":0.5,"
                    + "\"preference_deviation\":1.0,\"unit_cost\":0.0,\"cost_cap\":0.25,\"noise\":0.0,"
                    + "\"visibility\":1.0},\"points\":\"3\",\"seed\":42,\"generator\":\"numpy\",\"burn_in\":0.25}}",
            "{\"market_opened\":{\"choices\":[0,0,1,-1],\"prices\":[0.0,0.0,0.0],\"shares\":[0.5,0.25,0.0],"
                    + "\"choice_decider\":" + BUYERS + ",\"impressions\":[]}}",
            "{\"step_taken\":{\"step\":\"1\",\"seller\":1,\"old_price\":0.0,\"new_price\":1.0E-5,"
                    + "\"active_buyer_gaps\":[1,2],\"changed_buyer_gaps\":[3],\"new_choices\":[2],"
                    + "\"prices\":[0.0,1.0E-5,0.0],\"shares\":[0.5,0.25,0.25],\"price_decider\":" + SELLERS
                    + ",\"choice_decider\":" + BUYERS + "," + NO_MODELS + "}}",
            "{\"step_taken\":{\"step\":\"2\",\"seller\":2,\"old_price\":0.0,\"new_price\":0.1,"
                    + "\"active_buyer_gaps\":[],\"changed_buyer_gaps\":[],\"new_choices\":[],"
                    + "\"prices\":[0.0,1.0E-5,0.1],\"shares\":[0.5,0.25,0.25],\"price_decider\":" + SELLERS + ","
                    + NO_MODELS + "}}",
            "{\"run_ended\":{\"status\":\"RUN_STATUS_FINISHED\",\"last_step\":\"2\",\"reason\":\"\"}}");

    @TempDir
    private Path directory;

    private Path run;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        run = HandMadeRun.in(directory.resolve("run"));
        log = run.resolve("events.log");
    }

    @Test
    void shouldPrintEveryFieldOfEveryEvent() {
        CommandRun events = events();

        assertThat(events.exitCode()).isZero();
        assertThat(events.err()).isEmpty();
        assertThat(events.out().lines()).containsExactlyElementsOf(EVENTS);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,2", "1,1,2,3", "1,9,2,5", "2,2,3,5", "0,1,0,3", "3,9,0,0"})
    void shouldPrintTheEventsOfSomeSteps(int from, int to, int first, int after) {
        CommandRun events = events("--from=" + from, "--to=" + to);

        assertThat(events.exitCode()).isZero();
        assertThat(events.out().lines()).containsExactlyElementsOf(EVENTS.subList(first, after));
    }

    @Test
    void shouldNoteARecordThatIsCutOff() throws IOException {
        cutOff(3);

        CommandRun events = events();

        assertThat(events.exitCode()).isZero();
        assertThat(events.out().lines()).containsExactlyElementsOf(EVENTS.subList(0, 4));
        assertThat(events.errLines())
                .singleElement()
                .asString()
                .matches("market events: " + log + ", offset \\d+: the last record is cut off, and left out");
    }

    @Test
    void shouldSayWhereTheLogIsDamagedAfterWhatIsWhole() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        // In the text of the second event's decider, and so in its message.
        int damage = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("by \"hand\"");
        bytes[damage]++;
        Files.write(log, bytes);

        CommandRun events = events();

        assertThat(events.exitCode()).isEqualTo(2);
        assertThat(events.out().lines()).containsExactly(EVENTS.get(0));
        assertThat(events.errLines())
                .singleElement()
                .asString()
                .matches("market events: " + log + ", offset \\d+: damaged: the record does not match its checksum");
    }

    @Test
    void shouldRefuseWhatIsNoLog() throws IOException {
        Files.writeString(log, "hello");

        CommandRun events = events();

        assertThat(events.exitCode()).isEqualTo(2);
        assertThat(events.out()).isEmpty();
        assertThat(events.errLines())
                .containsExactly("market events: " + log + ", offset 0: not an event log of Interregnum");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from=-1 | --from -1: must be a whole number from 0",
                "--to=1.5  | --to 1.5: must be a whole number from 0",
                "--from=3 --to=2 | --to 2: must be at least that of --from, 3"
            })
    void shouldRefuseStepsThatCannotBe(String options, String complaint) {
        CommandRun events = events(options.split(" "));

        assertThat(events.exitCode()).isEqualTo(2);
        assertThat(events.out()).isEmpty();
        assertThat(events.errLines()).containsExactly("market events: " + complaint);
    }

    @Test
    void shouldRefuseADirectoryWithoutARun() {
        CommandRun events = CommandRun.of("events", directory.toString());

        assertThat(events.exitCode()).isEqualTo(2);
        assertThat(events.errLines()).singleElement().asString().contains("holds no run", directory.toString());
    }

    private void cutOff(int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - bytes));
    }

    private CommandRun events(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "events";
        arguments[1] = run.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(arguments);
    }
}
