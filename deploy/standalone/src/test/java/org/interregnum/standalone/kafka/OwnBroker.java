package org.interregnum.standalone.kafka;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A new broker for each test, which may do to it what it likes. */
final class OwnBroker implements BeforeEachCallback, AfterEachCallback {
    private TestBroker broker;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        broker = TestBroker.own();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (broker != null) {
            broker.remove();
        }
    }

    String address() {
        return broker.address();
    }

    void signal(String name) throws IOException, InterruptedException {
        broker.signal(name);
    }
}
