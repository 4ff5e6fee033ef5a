package org.interregnum.standalone.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventsTest {
    private static List<ServerSentEvent> read(String stream, int pieces) throws IOException {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        ServerSentEvents parser = new ServerSentEvents();
        List<ServerSentEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += pieces) {
            events.addAll(parser.read(ByteBuffer.wrap(bytes, from, Math.min(pieces, bytes.length - from))));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldReadEventsHoweverTheyAreCut(int pieces) throws IOException {
        String stream =
                "id:1\nevent:step\ndata:{\"step\":1}\n\n: still here\n\nid: 2\r\nevent: step\r\ndata: é€\r\n\r\n"
                        + "event:end\rdata:over\r\r";

        assertThat(read(stream, pieces))
                .containsExactly(
                        new ServerSentEvent("1", "step", "{\"step\":1}"),
                        new ServerSentEvent("2", "step", "é€"),
                        new ServerSentEvent("2", "end", "over"));
    }

    @Test
    void shouldJoinLinesOfData() throws IOException {
        assertThat(read("data: one\ndata:\ndata:  three\ndata\n\n", 1000))
                .containsExactly(new ServerSentEvent("", "message", "one\n\n three\n"));
    }

    @Test
    void shouldLeaveOutWhatIsNoEvent() throws IOException {
        assertThat(read(":\n:comment\n\nid:7\nevent:step\n\nretry:5\ncolour:red\n\ndata:x\n\n", 1000))
                .as("without data there is none; the id stays, the name does not")
                .containsExactly(new ServerSentEvent("7", "message", "x"));
        assertThat(read("data:cut off\n", 1000)).isEmpty();
        assertThat(read("data:cut off", 1000)).isEmpty();
    }

    @Test
    void shouldSkipAByteOrderMarkAtTheBeginningOnly() throws IOException {
        assertThat(read("\uFEFFdata:a\n\n\uFEFFdata:b\n\n", 1000))
                .containsExactly(new ServerSentEvent("", "message", "a"));
    }

    @Test
    void shouldTakeNoIdentifierWithANull() throws IOException {
        assertThat(read("id:1\ndata:a\n\nid:2\0\ndata:b\n\nid\ndata:c\n\n", 1000))
                .extracting(ServerSentEvent::id)
                .containsExactly("1", "1", "");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'};

        assertThatThrownBy(() -> new ServerSentEvents().read(ByteBuffer.wrap(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }
}
