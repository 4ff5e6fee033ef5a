package org.interregnum.orchestrator.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientPropertiesTest {
    private static final String SECRET = "open-sesame";

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), content);
    }

    private void assertRefused(String content, String rule) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> KafkaClientProperties.read(file))
                .isInstanceOfSatisfying(InvalidParameterException.class, problem -> {
                    assertThat(problem.parameter()).isEqualTo("INTERREGNUM_KAFKA_PROPERTIES");
                    assertThat(problem.value()).isEqualTo(file.toString());
                    assertThat(problem.rule()).startsWith(rule);
                })
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void shouldReadHowAClientIsToSpeak() throws IOException {
        assertThat(KafkaClientProperties.read(
                        file("security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=x " + SECRET
                                + ";\n")))
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.jaas.config", "x " + SECRET + ";")
                .hasSize(3);
    }

    @Test
    void shouldRefuseWhatTheProgramSetsItself() throws IOException {
        assertRefused("transactional.id=" + SECRET, "sets transactional.id; must set security.protocol");
        assertRefused("bootstrap.servers=" + SECRET, "sets bootstrap.servers");
        assertRefused("enable.metrics.push=true", "sets enable.metrics.push");
    }

    @Test
    void shouldRefuseWhatKafkaDoesNotKnow() throws IOException {
        assertRefused(
                "ssl.trustsore.location=" + SECRET, "sets ssl.trustsore.location, which Kafka's clients do not know");
    }

    @Test
    void shouldRefuseValuesThatKafkaDoesNotTake() throws IOException {
        assertRefused(
                "security.protocol=" + SECRET, "has a value of security.protocol that Kafka's clients do not take");
        assertRefused("sasl.login.refresh.window.factor=" + SECRET, "has a value of sasl.login.refresh.window.factor");
    }

    @Test
    void shouldRefuseAFileOfCertificatesThatCannotBeRead() throws IOException {
        assertRefused("ssl.truststore.location=/no/" + SECRET, "names a file in ssl.truststore.location");
    }

    @Test
    void shouldRefuseAFileThatIsMissing() {
        assertThatThrownBy(() -> KafkaClientProperties.read(folder.resolve("none")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("cannot be read");
    }
}
