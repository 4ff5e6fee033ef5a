package org.interregnum.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the test of dashboard and alerts takes for the name of a metric: if that were too little, it would miss a wrong one. */
class QueriedMetricsTest {
    @Test
    void shouldFindEveryMetricAndNothingElse() {
        assertThat(QueriedMetrics.in(
                        "histogram_quantile(0.95, sum by (model, le) (rate(a_b_bucket{m!=\"x{y\"}[5m]))) > 3"))
                .containsExactly("a_b_bucket");
        assertThat(QueriedMetrics.in("sum by (i) (one{state=\"two\"}) > 0 and sum(rate (three[5m])) == 0 or up"))
                .containsExactlyInAnyOrder("one", "three", "up");
        assertThat(QueriedMetrics.in("delta(a:b_c[10m]) * 3600")).containsExactly("a:b_c");
    }
}
