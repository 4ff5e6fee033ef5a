package org.interregnum.agent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.interregnum.agent.UnmetRequestException;
import org.junit.jupiter.api.Test;

class LongCallsTest {
    @Test
    void shouldAnswerOnAThreadOfItsOwn() throws Exception {
        try (LongCalls calls = new LongCalls()) {
            Call<Thread> call = new Call<>();
            calls.answer(call, "run", 7, Thread::currentThread);
            Thread thread = call.answered.get(10, TimeUnit.SECONDS);
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void shouldAnswerAnExceptionByTheTable() {
        try (LongCalls calls = new LongCalls()) {
            Call<String> call = new Call<>();
            calls.answer(call, "run", 7, () -> {
                throw new UnmetRequestException("lacks it");
            });
            assertThat(call.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(call.status().getDescription()).isEqualTo("lacks it");
        }
    }

    @Test
    void shouldSendTheCallerElsewhereWhenItStops() throws Exception {
        LongCalls calls = new LongCalls();
        Call<String> call = new Call<>();
        CountDownLatch begun = new CountDownLatch(1);
        calls.answer(call, "run", 7, () -> {
            begun.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                return "made up";
            }
            return "slept";
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        calls.close();
        assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatThrownBy(() -> calls.answer(new Call<String>(), "run", 7, () -> "late"))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldBeIdleWhenTheCallsUnderWayHaveEnded() throws Exception {
        try (LongCalls calls = new LongCalls()) {
            calls.awaitIdle(Duration.ofHours(1));
            Call<String> call = new Call<>();
            CountDownLatch released = new CountDownLatch(1);
            calls.answer(call, "run", 7, () -> {
                released.await();
                return "answer";
            });
            calls.awaitIdle(Duration.ofMillis(50));
            assertThat(call.answered).isNotDone();
            released.countDown();
            calls.awaitIdle(Duration.ofHours(1));
            assertThat(call.answered).isCompletedWithValue("answer");
        }
    }

    /** Keeps what it is answered. */
    private static final class Call<A> extends ServerCallStreamObserver<A> {
        private final CompletableFuture<A> answered = new CompletableFuture<>();

        Status status() {
            try {
                answered.get(10, TimeUnit.SECONDS);
                return Status.OK;
            } catch (ExecutionException e) {
                return ((StatusRuntimeException) e.getCause()).getStatus();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void onNext(A answer) {
            answered.complete(answer);
        }

        @Override
        public void onError(Throwable failure) {
            answered.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}
    }
}
