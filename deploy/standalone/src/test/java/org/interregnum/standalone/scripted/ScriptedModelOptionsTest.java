package org.interregnum.standalone.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedModelOptionsTest {
    @Test
    void shouldTakeRatesThatMakeOneOnPaper() {
        ScriptedModelOptions options = ScriptedModelOptions.PLAIN;
        for (AnswerKind trouble : AnswerKind.troubles().subList(0, 5)) {
            options = options.withRate(trouble, 0.1);
        }

        assertThat(options.withRate(AnswerKind.MISFIT, 0.5).rates()).hasSize(6);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        ScriptedModelOptions options = ScriptedModelOptions.PLAIN.withRate(AnswerKind.HUNG, 0.6);

        assertThatIllegalArgumentException().isThrownBy(() -> options.withRate(AnswerKind.PROSE, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRate(AnswerKind.HUNG, -0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRate(AnswerKind.HUNG, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRate(AnswerKind.RIGHT, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withLatency(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRetryAfter(-1));
    }
}
