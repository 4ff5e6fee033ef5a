package org.interregnum.languagemodel;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The text of an answer, of which no more is kept than any sensible answer has: a server may send without end. */
final class LimitedBody implements BodySubscriber<String> {
    /** Far more than an answer's longest, and little enough for many calls at once. */
    static final int MOST_BYTES = 4 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final BodySubscriber<String> whole = BodySubscribers.ofString(StandardCharsets.UTF_8);
    private Flow.Subscription subscription;
    private long bytes;
    private boolean isOver;

    @Override
    public CompletionStage<String> getBody() {
        // Some servers begin with it, and it is no JSON.
        return whole.getBody()
                .thenApply(text -> text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (isOver) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes > MOST_BYTES) {
            isOver = true;
            subscription.cancel();
            whole.onError(new TooLargeException());
        } else {
            whole.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!isOver) {
            whole.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!isOver) {
            whole.onComplete();
        }
    }

    /** There is more of the answer than is kept. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the answer is larger than %d MiB".formatted(MOST_BYTES >> 20));
        }
    }
}
