package org.interregnum.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.interregnum.event.v1.RunRecord;
import org.interregnum.orchestrator.adapter.kafka.BrokerListener;
import org.interregnum.orchestrator.adapter.kafka.KafkaConnection;
import org.interregnum.orchestrator.adapter.kafka.KafkaEventLogReader;
import org.interregnum.orchestrator.adapter.kafka.KafkaRun;
import org.interregnum.orchestrator.adapter.kafka.ValueFormat;
import org.interregnum.orchestrator.event.EventLog;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.event.MarketEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that somebody else wrote, changed or removed: one line says so, and no market comes of them. */
@Tag("thorough")
@Timeout(120)
class DamagedKafkaLogIT {
    private final KafkaUnderTest broker = KafkaUnderTest.get();
    private final KafkaConnection connection = new KafkaConnection(broker.address());

    @Test
    void shouldSayWhatIsWrongWithARecord() {
        assertComplaint(record -> record.headers().remove("interregnum-type"), "not a record of Interregnum: .*");
        assertComplaint(record -> record.value()[record.value().length / 2] ^= 0x10, "damaged: .* its checksum");
        assertComplaint(record -> set(record, "interregnum-sequence", "12"), "event 12 of the run .* is missing");
    }

    @Test
    void shouldSayThatAStepIsThereTwiceWhateverTheHeadersSay() {
        String runId = write(10, ValueFormat.PROTOBUF);
        List<ConsumerRecord<String, byte[]>> records = records("market.steps", runId);
        ProducerRecord<String, byte[]> again = copy(records.get(9));
        set(again, "interregnum-sequence", "10");
        send(again);

        assertThatThrownBy(() -> read(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching("Kafka at .*, offset \\d+: the log contradicts itself: step 8 follows step 8");
    }

    @Test
    void shouldSayThatTheBeginningIsGone() throws Exception {
        String runId = write(10, ValueFormat.PROTOBUF);
        ConsumerRecord<String, byte[]> third = records("market.steps", runId).get(2);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition("market.steps", third.partition()),
                            RecordsToDelete.beforeOffset(third.offset())))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> read(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching(
                        "Kafka at \\S+, market.steps-\\d: the records from offset \\d+ on are no longer there");
    }

    @Test
    void shouldSayThatTheEndIsGone() {
        String runId = write(10, ValueFormat.PROTOBUF);
        ProducerRecord<String, byte[]> run = copy(records("market.runs", runId).get(0));
        ProducerRecord<String, byte[]> forged = forged(run, record -> record.setEvents(15));
        send(forged);

        assertThatThrownBy(() -> read(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching("Kafka at \\S+, market.steps: the run \\S+ ends after 10 events, but had 15");
    }

    @Test
    void shouldLeaveNoConnectionBehindWhenARunCannotBeTakenOver() throws Exception {
        String runId = write(10, ValueFormat.PROTOBUF);
        send(forged(copy(records("market.runs", runId).get(0)), RunRecord.Builder::clearStarted));
        Set<ObjectName> before = consumers();

        assertThatThrownBy(() -> KafkaRun.takeOver(connection, runId, BrokerListener.NONE))
                .isInstanceOf(EventLogException.class);

        Set<ObjectName> left = consumers();
        left.removeAll(before);
        assertThat(left).isEmpty();
    }

    /** The consumers of this process that are open. */
    private static Set<ObjectName> consumers() throws MalformedObjectNameException {
        return new HashSet<>(ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.consumer:type=app-info,*"), null));
    }

    @Test
    void shouldReadTheJsonMappingAsItReadsTheMessages() {
        String runId = write(60, ValueFormat.JSON);

        assertThat(read(runId))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(MarketEvents.of(runId, 60).subList(0, 60));
        ConsumerRecord<String, byte[]> step = records("market.steps", runId).get(5);
        assertThat(PlainReader.header(step, "content-type")).isEqualTo("application/json");
        assertThat(new String(step.value(), StandardCharsets.UTF_8)).startsWith("{\"step_taken\":{\"step\":\"4\",");
    }

    @Test
    void shouldSayWhatIsWrongWithADecision() {
        assertDecisionComplaint(
                record -> record.headers().remove("interregnum-type"), "not a record of Interregnum: .*");
        assertDecisionComplaint(record -> record.value()[3] ^= 0x10, "damaged: .* its checksum");
        assertDecisionComplaint(
                record -> set(record, "interregnum-type", "interregnum.event.v1.MarketEvent"),
                "the record is a interregnum.event.v1.MarketEvent, not a .*");
        assertDecisionComplaint(
                record -> set(record, "interregnum-sequence", "3"),
                "decision 3 of the run follows decision 1: one is missing");
        assertDecisionComplaint(
                record -> set(record, "interregnum-sequence", "1"),
                "decision 1 of the run follows decision 1: one is there twice");
    }

    @Test
    void shouldSayThatTheLastDecisionsAreGone() {
        String runId = writeDecisions(2);
        ProducerRecord<String, byte[]> run = copy(records("market.runs", runId).get(0));
        ProducerRecord<String, byte[]> forged = forged(run, record -> record.setDecisions(4));
        send(forged);

        assertThatThrownBy(() -> readDecisions(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching("Kafka at \\S+, market.decisions: the run \\S+ ends after 2 decisions, but had 4");
    }

    /** Writes two decisions and a third that is changed, and reads them. */
    private void assertDecisionComplaint(Consumer<ProducerRecord<String, byte[]>> damage, String complaint) {
        String runId = writeDecisions(2);
        ConsumerRecord<String, byte[]> next =
                records("market.decisions", writeDecisions(3)).get(2);
        int partition = records("market.decisions", runId).get(0).partition();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                next.topic(), partition, runId, next.value().clone(), next.headers());
        damage.accept(record);
        send(record);

        assertThatThrownBy(() -> readDecisions(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching("Kafka at \\S+, market.decisions-\\d, offset \\d+: " + complaint);
    }

    /** What a decision says is none of the log's business. */
    private String writeDecisions(int count) {
        String runId = "damaged-" + UUID.randomUUID();
        try (KafkaRun run = KafkaRun.create(connection, runId, BrokerListener.NONE)) {
            run.addLostDecisions(IntStream.range(0, count)
                    .mapToObj(number -> ("decision " + number).getBytes(StandardCharsets.UTF_8))
                    .toList());
            try (EventLog log = run.events(event -> {})) {
                log.append(MarketEvents.of(runId, 60).get(0));
            }
        }
        PlainReader.awaitDecided(broker.address(), "market.decisions");
        return runId;
    }

    private List<byte[]> readDecisions(String runId) {
        List<byte[]> decisions = new ArrayList<>();
        try (KafkaRun run = KafkaRun.takeOver(connection, runId, BrokerListener.NONE)) {
            run.readDecisions(decisions::add);
        }
        return decisions;
    }

    private static ProducerRecord<String, byte[]> forged(
            ProducerRecord<String, byte[]> run, Consumer<RunRecord.Builder> change) {
        try {
            RunRecord.Builder record = RunRecord.parseFrom(run.value()).toBuilder();
            change.accept(record);
            byte[] value = record.build().toByteArray();
            ProducerRecord<String, byte[]> forged =
                    new ProducerRecord<>(run.topic(), run.partition(), run.key(), value, run.headers());
            set(forged, "interregnum-crc32c", checksum(value));
            return forged;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes ten events and an eleventh that is changed, and reads them. */
    private void assertComplaint(Consumer<ProducerRecord<String, byte[]>> damage, String complaint) {
        String runId = write(10, ValueFormat.PROTOBUF);
        String donor = write(11, ValueFormat.PROTOBUF);
        ConsumerRecord<String, byte[]> next = records("market.steps", donor).get(10);
        int partition = records("market.steps", runId).get(0).partition();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(next.topic(), partition, runId, next.value(), next.headers());
        damage.accept(record);
        send(record);

        assertThatThrownBy(() -> read(runId))
                .isInstanceOf(EventLogException.class)
                .hasMessageMatching("Kafka at \\S+, market.steps-\\d, offset \\d+: " + complaint);
    }

    private String write(int count, ValueFormat format) {
        String runId = "damaged-" + UUID.randomUUID();
        KafkaConnection writing = new KafkaConnection(broker.address(), format);
        try (KafkaRun run = KafkaRun.create(writing, runId, BrokerListener.NONE);
                EventLog log = run.events(event -> {})) {
            MarketEvents.of(runId, 60).subList(0, count).forEach(log::append);
        }
        PlainReader.awaitDecided(broker.address(), "market.steps");
        return runId;
    }

    private List<MarketEvent> read(String runId) {
        try (KafkaEventLogReader reader = KafkaEventLogReader.open(connection, runId)) {
            return KafkaTroubleIT.read(reader);
        }
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic, String runId) {
        return PlainReader.records(broker.address(), topic, runId);
    }

    private static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    private static void set(ProducerRecord<String, byte[]> record, String header, String text) {
        record.headers().remove(header).add(header, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record);
        }
    }
}
