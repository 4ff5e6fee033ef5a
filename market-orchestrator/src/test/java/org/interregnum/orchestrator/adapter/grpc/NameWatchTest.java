package org.interregnum.orchestrator.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NameWatchTest {
    @Test
    void shouldTellOthersAndLaterWhateverAListenerDoes() throws Exception {
        CountDownLatch failures = new CountDownLatch(2);
        CountDownLatch told = new CountDownLatch(2);
        Consumer<Set<InetAddress>> faulty = found -> {
            failures.countDown();
            throw new IllegalStateException("a fault of the program, made by a test");
        };
        Consumer<Set<InetAddress>> sound = found -> told.countDown();
        NameWatch.add("127.0.0.5", faulty);
        NameWatch.add("127.0.0.5", sound);
        try {
            assertThat(failures.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            NameWatch.remove("127.0.0.5", faulty);
            NameWatch.remove("127.0.0.5", sound);
        }
    }

    @Test
    void shouldNotLetANameThatTakesLongDelayOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(2);
        Consumer<Set<InetAddress>> slow = found -> {
            stuck.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Consumer<Set<InetAddress>> quick = found -> told.countDown();
        NameWatch.add("127.0.0.6", slow);
        try {
            assertThat(stuck.await(60, TimeUnit.SECONDS)).isTrue();
            NameWatch.add("127.0.0.7", quick);
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            end.countDown();
            NameWatch.remove("127.0.0.6", slow);
            NameWatch.remove("127.0.0.7", quick);
        }
    }
}
