package org.interregnum.standalone.kafka;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka as its makers publish it, in a container; where there is no Docker, or it cannot get the image, that is soon known. */
final class ContainerBroker {
    static final String IMAGE = "apache/kafka:4.1.1";

    private static final int DOCKER_SECONDS = 10;
    private static final int REGISTRY_SECONDS = 8;
    private static final int PULL_SECONDS = 180;

    private ContainerBroker() {}

    /**
     * Starts one, which ends with this process.
     *
     * @return where it listens
     * @throws UnavailableException when there is none to be had
     */
    static String start() throws UnavailableException {
        // A Docker that is there but hangs would keep a thread for ever: so it is a thread of its own.
        if (!within(DOCKER_SECONDS, () -> DockerClientFactory.instance().isDockerAvailable())) {
            throw new UnavailableException("there is no Docker");
        }
        within(DOCKER_SECONDS + REGISTRY_SECONDS + PULL_SECONDS, ContainerBroker::requireImage);
        return within(PULL_SECONDS, () -> {
            KafkaContainer kafka = new KafkaContainer(DockerImageName.parse(IMAGE))
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(16 << 20))
                    // Quick to open.
                    .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
                    .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4")
                    // What a killed orchestrator left open is in the way of all that read its partition.
                    .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000")
                    .withStartupTimeout(Duration.ofSeconds(90));
            kafka.start();
            return kafka.getBootstrapServers();
        });
    }

    /** Looks for the image, and pulls it where a registry answers at once. */
    private static boolean requireImage() throws Exception {
        DockerClient docker = DockerClientFactory.lazyClient();
        try {
            docker.inspectImageCmd(IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            pull(docker);
            return true;
        }
    }

    private static void pull(DockerClient docker) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (ResultCallback.Adapter<PullResponseItem> pull = docker.pullImageCmd(IMAGE)
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(PullResponseItem item) {
                        answered.countDown();
                    }

                    @Override
                    public void onError(Throwable problem) {
                        answered.countDown();
                        super.onError(problem);
                    }
                })) {
            if (!answered.await(REGISTRY_SECONDS, TimeUnit.SECONDS)) {
                throw new UnavailableException("no registry answers that has " + IMAGE);
            }
            if (!pull.awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS)) {
                throw new UnavailableException(IMAGE + " could not be pulled in " + PULL_SECONDS + " s");
            }
        }
    }

    private static <T> T within(int seconds, Callable<T> action) throws UnavailableException {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, "docker");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new UnavailableException("Docker does not answer");
        } catch (ExecutionException e) {
            // Errors among them, as where a native library of the client cannot be loaded.
            throw e.getCause() instanceof UnavailableException known
                    ? known
                    : new UnavailableException(String.valueOf(e.getCause().getMessage())
                            .lines()
                            .findFirst()
                            .orElse("Docker fails"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    /** There is no container to be had; the message says why, in one line. */
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }
}
