package org.interregnum.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.interregnum.agent.server.ListeningCheck;
import org.interregnum.languagemodel.OffendingAsking;
import org.interregnum.orchestrator.adapter.file.OffendingFileAdapter;
import org.interregnum.orchestrator.adapter.kafka.OffendingKafkaAdapter;
import org.interregnum.orchestrator.adapter.protobuf.SharedMapping;
import org.interregnum.orchestrator.helper.OffendingHelper;
import org.interregnum.orchestrator.model.OffendingModel;
import org.interregnum.seller.llm.OffendingPrompt;
import org.interregnum.seller.pricing.OffendingPricing;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds all modules to {@link ArchitectureRules}. A rule that finds no class to judge fails. */
class ArchitectureTest {
    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.interregnum");

    static Set<String> rooms() {
        return ArchitectureRules.allowedImports().keySet();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void pureRoomShouldImportOnlyWhatItMay(String room) {
        ArchitectureRules.importsOnlyWhatItMay(room).check(PROJECT);
    }

    @Test
    void everyRoomShouldHaveARule() {
        ArchitectureRules.everyRoomHasARule().check(PROJECT);
    }

    @Test
    void adaptersShouldStandAlone() {
        ArchitectureRules.adaptersStandAlone().check(PROJECT);
    }

    @Test
    void adaptersShouldServeWhoeverAssembles() {
        ArchitectureRules.adaptersServeWhoeverAssembles().check(PROJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator", "seller", "buyer"})
    void servicesShouldKnowEachOtherByContractOnly(String service) {
        ArchitectureRules.knowsOthersByContractOnly(service).check(PROJECT);
    }

    @Test
    void serverOfTheBundledAgentsShouldBeForThemAlone() {
        ArchitectureRules.bundledAgentsKeepTheirServerToThemselves().check(PROJECT);
        ArchitectureRules.contractsLeaveQuarkusAlone().check(PROJECT);
    }

    @Test
    void askingModelsShouldNeedNoContract() {
        ArchitectureRules.askingModelsNeedsNoContract().check(PROJECT);
    }

    @Test
    void trajectoriesShouldNotDependOnClockOrChance() {
        ArchitectureRules.leaveClockAndChanceAlone().check(PROJECT);
    }

    /** The rules themselves, tried on classes that break them: a rule that cannot fail guards nothing. */
    @Nested
    class Rules {
        @Test
        void shouldSeeTechnologyAndAdaptersInTheModel() {
            assertThat(violations(
                            ArchitectureRules.importsOnlyWhatItMay("org.interregnum.orchestrator.model"),
                            OffendingModel.class))
                    .contains("java.nio.file.Path")
                    .contains("OffendingKafkaAdapter")
                    .contains("UtilityMaximisation");
        }

        @Test
        void shouldSeeMoreThanArithmeticInAnAgentsRule() {
            assertThat(violations(
                            ArchitectureRules.importsOnlyWhatItMay("org.interregnum.seller.pricing"),
                            OffendingPricing.class))
                    .contains("OffendingModel");
        }

        @Test
        void shouldSeeTheContractInWhatAModelIsTold() {
            assertThat(violations(
                            ArchitectureRules.importsOnlyWhatItMay("org.interregnum.seller.llm"),
                            OffendingPrompt.class))
                    .contains("org.interregnum.agent.v1.MarketView")
                    .contains("org.interregnum.languagemodel.wire.RequestedModel");
        }

        @Test
        void shouldSeeTheContractWhereModelsAreAsked() {
            assertThat(violations(ArchitectureRules.askingModelsNeedsNoContract(), OffendingAsking.class))
                    .contains("org.interregnum.agent.v1.MarketView");
        }

        @Test
        void shouldSeeARoomWithoutARule() {
            assertThat(violations(ArchitectureRules.everyRoomHasARule(), OffendingHelper.class))
                    .contains("OffendingHelper");
        }

        @Test
        void shouldSeeAnAdapterInAnotherButNotTheSharedMapping() {
            assertThat(violations(
                            ArchitectureRules.adaptersStandAlone(),
                            OffendingKafkaAdapter.class,
                            OffendingFileAdapter.class,
                            SharedMapping.class))
                    .contains("OffendingFileAdapter")
                    .doesNotContain("SharedMapping");
        }

        @Test
        void shouldSeeWhoAssemblesRunsInAnAdapter() {
            assertThat(violations(ArchitectureRules.adaptersServeWhoeverAssembles(), OffendingKafkaAdapter.class))
                    .contains("RunRequest");
        }

        @Test
        void shouldSeeAnAgentInTheOrchestratorAndTheOrchestratorInAnAgent() {
            assertThat(violations(ArchitectureRules.knowsOthersByContractOnly("orchestrator"), OffendingModel.class))
                    .contains("UtilityMaximisation");
            assertThat(violations(ArchitectureRules.knowsOthersByContractOnly("seller"), OffendingPricing.class))
                    .contains("OffendingModel");
        }

        @Test
        void shouldSeeTheServerOfTheBundledAgentsInTheOrchestrator() {
            assertThat(violations(
                            ArchitectureRules.bundledAgentsKeepTheirServerToThemselves(),
                            ListeningCheck.class,
                            OffendingModel.class))
                    .contains("OffendingModel");
        }

        @Test
        void shouldSeeClockAndChance() {
            assertThat(violations(
                            ArchitectureRules.leaveClockAndChanceAlone(), OffendingModel.class, OffendingPricing.class))
                    .contains("java.lang.System.nanoTime()")
                    .contains("java.lang.Math.random()")
                    .contains("java.util.Random");
        }

        @Test
        void shouldFailWhenThereIsNothingToJudge() {
            assertThat(violations(
                            ArchitectureRules.importsOnlyWhatItMay("org.interregnum.orchestrator.event"),
                            OffendingModel.class))
                    .contains("failed to check any classes");
        }

        private static String violations(ArchRule rule, Class<?>... offenders) {
            try {
                rule.check(new ClassFileImporter().importClasses(offenders));
            } catch (AssertionError e) {
                return e.getMessage();
            }
            return "";
        }
    }
}
