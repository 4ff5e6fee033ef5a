package org.interregnum.orchestrator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.interregnum.orchestrator.model.InvalidParameterException;
import org.junit.jupiter.api.Test;

class AgentAssignmentTest {
    private static final AgentAssignment NOBODY = AgentAssignment.of(ModelAssignment.NONE);
    private static final AssignedAgent ONE = AssignedAgent.ofRule("one", "one:1", "rule");
    private static final AssignedAgent OTHER = AssignedAgent.ofRule("other", "other:1", "rule");

    private static SellerGroup sellers(int first, int last, AssignedAgent agent, long since) {
        return new SellerGroup(first, last, agent, since);
    }

    @Test
    void shouldSplitARangeOfWhichAPartGoesToAnother() {
        AgentAssignment assignment = NOBODY.withSellers(sellers(0, 9, ONE, 3)).withSellers(sellers(4, 5, OTHER, 8));

        assertThat(assignment.sellers())
                .containsExactly(sellers(0, 3, ONE, 3), sellers(4, 5, OTHER, 8), sellers(6, 9, ONE, 3));
        assertThat(assignment.ofSeller(5).orElseThrow().agent()).isEqualTo(OTHER);
        assertThat(assignment.leavesSellers(10)).isFalse();
        assertThat(assignment.leavesSellers(11)).isTrue();
    }

    @Test
    void shouldReplaceWhatIsWhollyTakenOver() {
        assertThat(NOBODY.withSellers(sellers(2, 3, ONE, 1))
                        .withSellers(sellers(5, 5, ONE, 1))
                        .withSellers(sellers(0, 9, OTHER, 2))
                        .sellers())
                .containsExactly(sellers(0, 9, OTHER, 2));
    }

    @Test
    void shouldTakeBuyersOutOfTheirGroups() {
        AgentAssignment assignment = NOBODY.withBuyers(new BuyerGroup("some", new int[] {1, 4, 7}, ONE, 1))
                .withBuyers(new BuyerGroup("4", new int[] {4}, OTHER, 2))
                .withBuyers(new BuyerGroup("5", new int[] {5}, OTHER, 2))
                .withBuyers(new BuyerGroup("4-5", new int[] {4, 5}, ONE, 3));

        assertThat(assignment.buyers()).extracting(BuyerGroup::cohort).containsExactly("some", "4-5");
        assertThat(assignment.buyers().get(0).buyers()).containsExactly(1, 7);
        assertThat(assignment.leavesBuyers(5)).isTrue();
        assertThat(assignment.leavesBuyers(4)).isFalse();
    }

    @Test
    void shouldKeepRulesWhereModelsAreReplaced() {
        AgentAssignment assignment = NOBODY.withSellers(sellers(0, 2, ONE, 3)).withModels(ModelAssignment.NONE, 9);

        assertThat(assignment.sellers()).containsExactly(sellers(0, 2, ONE, 3));
        assertThat(assignment.names("one")).isTrue();
        assertThat(assignment.names("other")).isFalse();
        assertThat(assignment.models().isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseGroupsThatShareSellersOrNames() {
        assertThatThrownBy(() ->
                        new AgentAssignment(List.of(sellers(0, 2, ONE, 1), sellers(2, 3, ONE, 1)), List.of(), false))
                .isInstanceOf(InvalidParameterException.class);
        BuyerGroup group = new BuyerGroup("same", new int[] {1}, ONE, 1);
        assertThatThrownBy(() -> new AgentAssignment(List.of(), List.of(group, group), false))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> sellers(3, 2, ONE, 1)).isInstanceOf(InvalidParameterException.class);
    }
}
