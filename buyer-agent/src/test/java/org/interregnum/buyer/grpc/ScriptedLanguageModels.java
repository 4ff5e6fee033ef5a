package org.interregnum.buyer.grpc;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.interregnum.languagemodel.Allowance;
import org.interregnum.languagemodel.AnswerForm;
import org.interregnum.languagemodel.ChatText;
import org.interregnum.languagemodel.LanguageModels;
import org.interregnum.languagemodel.ModelCall;
import org.interregnum.languagemodel.ModelOptions;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.interregnum.languagemodel.Prompt;

/** Answers what the test put there; asks nobody. */
@Mock
@Singleton
class ScriptedLanguageModels implements LanguageModels {
    static final AtomicInteger INTERRUPTED = new AtomicInteger();

    static volatile Ending ending;
    static volatile String answer;
    static volatile CountDownLatch hanging;
    static volatile Prompt prompt;
    static volatile ModelOptions options;
    static volatile Allowance allowance;

    static void script(Ending itsEnding, String itsAnswer) {
        ending = itsEnding;
        answer = itsAnswer;
        hanging = null;
    }

    /** The next question waits until its thread is interrupted; the latch opens when it has begun to. */
    static CountDownLatch hang() {
        hanging = new CountDownLatch(1);
        return hanging;
    }

    @Override
    public <T> ModelReply<T> ask(Prompt its, AnswerForm<T> form, ModelOptions itsOptions, Allowance itsAllowance) {
        prompt = its;
        options = itsOptions;
        allowance = itsAllowance;
        if (hanging != null) {
            hanging.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                INTERRUPTED.incrementAndGet();
            }
        }
        List<ChatText> messages = List.of(new ChatText("system", its.system()), new ChatText("user", its.user()));
        ModelCall failed = new ModelCall(false, messages, null, "status 429", 429, null, -1, -1, 5);
        ModelCall answered = new ModelCall(true, messages, answer, null, 200, "small-1", 30, 0, 7);
        boolean decided = ending == Ending.ANSWERED || ending == Ending.REPAIRED;
        try {
            return new ModelReply<>(
                    ending,
                    decided ? Optional.of(form.read(new ObjectMapper().readTree(answer))) : Optional.empty(),
                    ending == Ending.ANSWERED ? "" : "because",
                    ending == Ending.ALLOWANCE_SPENT ? List.of() : List.of(failed, answered),
                    42,
                    0.5);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
