package org.interregnum.orchestrator.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredPortsTest {
    /** A call that a port answers by default would otherwise end here, and never reach who is measured. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                MeasuredSellerAgents.class,
                MeasuredBuyerAgents.class,
                MeasuredModelAgents.class,
                MeasuredEventLog.class,
                MeasuredDecisionLog.class
            })
    void shouldHandOnEveryCallOfItsPort(Class<?> measured) {
        Class<?> port = measured.getInterfaces()[0];
        Stream<Method> calls =
                Arrays.stream(port.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()));
        assertThat(calls)
                .isNotEmpty()
                .allSatisfy(call -> assertThatCode(
                                () -> measured.getDeclaredMethod(call.getName(), call.getParameterTypes()))
                        .doesNotThrowAnyException());
    }
}
