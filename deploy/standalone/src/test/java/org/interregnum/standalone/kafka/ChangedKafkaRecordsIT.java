package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaOwnedRun;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many runs in {@code market.steps} and {@code market.runs}, in each of which one record is changed, cut off, lost, there
 * twice or somebody else's: each is refused in one line, or read as it was.
 */
@Tag("thorough")
@Timeout(480)
class ChangedKafkaRecordsIT {
    private static final int RUNS = 66;
    private static final int EVENTS = 12;
    private static final int BYTES = 10;

    private final String address = KafkaUnderTest.get().address();
    private final KafkaConnection connection = new KafkaConnection(address);
    private final Random random = new Random(11);
    private final List<String> journal = new ArrayList<>();

    /** What becomes of a record on its way; none, one or two records. */
    private enum Damage {
        VALUE,
        SCATTERED_VALUE,
        CUT_OFF,
        HEADER,
        HEADER_NAME,
        KEY,
        LOST,
        TWICE,
        FOREIGN,
        NEWER,
        WITHOUT_VALUE
    }

    @Test
    void shouldRefuseAChangedRecordOrReadWhatWasThere() throws Exception {
        String donor = "donor-" + UUID.randomUUID();
        List<MarketEvent> events = MarketEvents.of(donor, 60).subList(0, EVENTS);
        try (KafkaRun run = KafkaRun.create(connection, donor, BrokerListener.NONE);
                EventLog log = run.events(event -> {})) {
            events.forEach(log::append);
        }
        PlainReader.awaitDecided(address, "market.steps");
        List<ConsumerRecord<String, byte[]>> steps = PlainReader.records(address, "market.steps", donor);
        List<ConsumerRecord<String, byte[]>> runs = PlainReader.records(address, "market.runs", donor);
        List<String> written = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < RUNS; number++) {
                written.add(write(producer, number, steps, runs.get(runs.size() - 1)));
            }
        }

        int refused = 0;
        for (int number = 0; number < RUNS; number++) {
            refused += isRefused(written.get(number), damage(number), events) ? 1 : 0;
        }
        assertThat(KafkaOwnedRun.of(connection, "a service", true, (run, line) -> journal.add(line)))
                .as("runs of nobody's")
                .isEmpty();
        assertThat(journal)
                .as("damaged records of others do not keep a service from its runs")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("run ") && line.contains(" cannot be taken up again: Kafka at "));
        assertThat(refused).as("only what does not matter may pass").isGreaterThan(RUNS * 8 / 10);
    }

    private static Damage damage(int number) {
        return Damage.values()[number % Damage.values().length];
    }

    /** A copy of a run under a name of its own, with one record changed; the last of them is that of the run as a whole. */
    private String write(
            KafkaProducer<byte[], byte[]> producer,
            int number,
            List<ConsumerRecord<String, byte[]>> steps,
            ConsumerRecord<String, byte[]> run)
            throws Exception {
        String runId = "changed-" + UUID.randomUUID();
        int target = number < Damage.values().length ? EVENTS : random.nextInt(EVENTS);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int event = 0; event < EVENTS; event++) {
            ConsumerRecord<String, byte[]> step = steps.get(event);
            byte[] value = event == 0 ? begun(step.value(), runId) : step.value();
            sent.addAll(send(producer, copy(step, runId, value), event == target ? damage(number) : null));
        }
        // Where the first is lost, the second stands where it was.
        long first = sent.get(0).get().offset();
        RunRecord.Builder record =
                RunRecord.parseFrom(run.value()).toBuilder().setEvents(EVENTS).setFirstEventOffset(first);
        record.getStartedBuilder().setRunId(runId);
        for (Future<RecordMetadata> each : send(
                producer, copy(run, runId, record.build().toByteArray()), target == EVENTS ? damage(number) : null)) {
            each.get();
        }
        return runId;
    }

    private static byte[] begun(byte[] value, String runId) throws Exception {
        var event = org.interregnum.event.v1.MarketEvent.parseFrom(value).toBuilder();
        event.getRunStartedBuilder().setRunId(runId);
        return event.build().toByteArray();
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<String, byte[]> record, String runId, byte[] value) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(record.topic(), record.partition(), bytes(runId), value.clone());
        for (Header header : record.headers()) {
            copy.headers()
                    .add(
                            header.key(),
                            header.key().equals("interregnum-crc32c")
                                    ? bytes(checksum(value))
                                    : header.value().clone());
        }
        return copy;
    }

    private List<Future<RecordMetadata>> send(
            KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Damage damage) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> each : damaged(record, damage)) {
            sent.add(producer.send(each));
        }
        return sent;
    }

    private List<ProducerRecord<byte[], byte[]>> damaged(ProducerRecord<byte[], byte[]> record, Damage damage) {
        if (damage == null) {
            return List.of(record);
        }
        byte[] value = record.value();
        Header[] headers = record.headers().toArray();
        Header header = headers[random.nextInt(headers.length)];
        switch (damage) {
            case VALUE -> {
                int from = random.nextInt(value.length);
                for (int index = from; index < Math.min(value.length, from + BYTES); index++) {
                    flip(value, index);
                }
            }
            case SCATTERED_VALUE -> {
                for (int count = 0; count < BYTES; count++) {
                    flip(value, random.nextInt(value.length));
                }
            }
            case HEADER -> flip(header.value(), random.nextInt(header.value().length));
            case HEADER_NAME -> {
                record.headers().remove(header.key());
                record.headers().add("x" + header.key(), header.value());
            }
            case NEWER -> record.headers().remove("interregnum-version").add("interregnum-version", bytes("2"));
            default -> {}
        }
        return switch (damage) {
            case LOST -> List.of();
            case TWICE -> List.of(record, record);
            case KEY -> List.of(with(record, bytes("someone-else"), value));
            case CUT_OFF -> List.of(with(record, record.key(), Arrays.copyOf(value, random.nextInt(value.length))));
            case FOREIGN ->
                List.of(new ProducerRecord<>(record.topic(), record.partition(), record.key(), bytes("hello")));
            case WITHOUT_VALUE -> List.of(with(record, record.key(), null));
            default -> List.of(record);
        };
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> record, byte[] key, byte[] value) {
        return new ProducerRecord<>(record.topic(), record.partition(), key, value, record.headers());
    }

    private void flip(byte[] bytes, int index) {
        bytes[index] ^= (byte) (1 + random.nextInt(255));
    }

    private boolean isRefused(String runId, Damage damage, List<MarketEvent> events) {
        try (KafkaEventLogReader reader = KafkaEventLogReader.open(connection, runId)) {
            List<MarketEvent> read = KafkaTroubleIT.read(reader);
            assertThat(read.subList(1, read.size()))
                    .as(damage.toString())
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(events.subList(1, EVENTS));
            return false;
        } catch (EventLogException e) {
            assertThat(e.getMessage())
                    .as(damage.toString())
                    .contains("Kafka at " + address)
                    .doesNotContain("\n")
                    .doesNotContain("Exception");
            return true;
        }
    }

    private static String checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
