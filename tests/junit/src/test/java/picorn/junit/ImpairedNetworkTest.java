// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;
import static picorn.junit.PicornAssertions.assertThatIllegalArgumentException;
import static picorn.junit.PicornAssertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picorn.netstack.icmp.PingResult.Outcome;

/** A cable that loses, doubles and delays what firmware and network send. */
@PicornTest(image = "station.elf")
class ImpairedNetworkTest {
    private static final String BOARD = "10.0.2.15";

    @BeforeEach
    void boot(Console console, Network net) {
        console.awaitLine("ready", ofSeconds(2));
        assertThat(net.ping(BOARD)).answersWithin(ofMillis(5)); // and who has the address is known from now on
    }

    @Test
    void aCutCableLosesEverythingUntilItIsMended(Network net) {
        net.impair("loss=100%");
        assertThat(net.ping(BOARD, ofMillis(5))).isNotAnswered();
        net.impair("");
        assertThat(net.ping(BOARD)).answersWithin(ofMillis(5));
    }

    @Test
    void aDelayIsThatOfEachDirection(Network net) {
        net.impair("delay=2ms");
        assertThat(net.ping(BOARD)).answersWithin(ofMillis(5));
        assertThatThrownBy(() -> assertThat(net.ping(BOARD)).answersWithin(ofMillis(4)))
                .hasMessageContaining("within 4 ms, but it took 4.");
    }

    @Test
    void aDoubledDatagramComesTwiceAndSoDoItsAnswers(Board board, Network net) {
        UdpPort udp = net.udp(4000);
        net.impair("duplicate=100%");
        udp.send(BOARD, 49152 + 4000, "x");
        for (int i = 0; i < 4; i++) {
            assertThat(udp.await(ofMillis(5)).text()).isEqualTo("got x");
        }
        assertThat(board.variable("datagrams").asInt()).isEqualTo(2);
    }

    @Test
    void aDescriptionThatCannotBeReadIsExplained(Network net) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.impair("loss=much"))
                .withMessageContaining("\"loss=much\" is not understood; write a share of 0% to 100%");
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Again {
        private final List<List<Outcome>> runs = new ArrayList<>();

        @RepeatedTest(3)
        void losesTheSameFrames(Network net) {
            net.impair("loss=30%");
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                outcomes.add(net.ping(BOARD, ofMillis(2)).outcome());
            }
            assertThat(outcomes).contains(Outcome.ANSWERED, Outcome.TIMED_OUT);
            runs.add(outcomes);
        }

        @AfterAll
        void allRunsWereAlike() {
            assertThat(runs).hasSize(3).containsOnly(runs.get(0));
        }
    }
}
