// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picorn.emulator.cpu.Engines;

/** Tests that go on from where a board was booted to once. */
class SnapshotAfterTest {
    private static final String LEASE = "lease 10.0.2.15/24";

    /** What tests have seen; they run one after the other or at once. */
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    @PicornTest(image = "hello-net", snapshotAfter = LEASE)
    @Execution(ExecutionMode.CONCURRENT)
    static class FromTheLease {
        @AllEngines
        void first(Board board, Console console, Network net) {
            look("first", board, console, net);
        }

        @AllEngines
        void second(Board board, Console console, Network net) {
            look("second", board, console, net);
        }

        /** Each writes where the other looks. */
        private static void look(String name, Board board, Console console, Network net) {
            long began = board.clock().now().toNanos();
            int marked = board.memory().word(0x2002_0000);
            board.memory().write(0x2002_0000, name.getBytes(StandardCharsets.US_ASCII));
            String match = console.awaitMatch("ping 1 from .*", ofSeconds(1)).group();
            PicornAssertions.assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
            SEEN.add("%s: began at %d with %x, %s; %d lines"
                    .formatted(
                            board.machine().engine().name(),
                            began,
                            marked,
                            match,
                            console.log().lines().count()));
        }
    }

    @Test
    void eachTestGoesOnFromTheSameMomentAndSeesNothingOfOthers() {
        SEEN.clear();
        Outcomes.of(FromTheLease.class)
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(2L * Engines.all().size()));
        assertThat(SEEN).hasSize(2 * Engines.all().size());
        assertThat(SEEN.stream().map(line -> line.substring(line.indexOf(':'))).distinct())
                .as("%s", SEEN)
                .hasSize(1);
        assertThat(SEEN.get(0)).contains("with 0, ping 1 from 10.0.2.2");
    }

    @PicornTest(image = "hello-net", snapshotAfter = LEASE)
    static class GoesOn {
        @Test
        void toItsEnd(Board board, Console console) {
            assertThat(board.awaitExit(ofSeconds(60))).isZero();
            SEEN.add(console.timedLog());
        }
    }

    @PicornTest(image = "hello-net")
    static class PoweredUp {
        @Test
        void toItsEnd(Board board, Console console) {
            assertThat(board.awaitExit(ofSeconds(60))).isZero();
            SEEN.add(console.timedLog());
        }
    }

    @Test
    void whatFollowsIsTheSameToThePicosecondAsWithoutASnapshot() {
        SEEN.clear();
        Outcomes.of(GoesOn.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        Outcomes.of(PoweredUp.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(SEEN.get(0)).contains(LEASE).isEqualTo(SEEN.get(1));
    }

    @PicornTest(image = "hello-net", snapshotAfter = "login:")
    static class NeverComes {
        @Test
        void test(Board board) {}
    }

    @Test
    void aBootThatDoesNotComeSoFarFailsTheTestThatWantsIt() {
        assertThat(Outcomes.failure(NeverComes.class, "test"))
                .hasMessageContaining("expected \"login:\" on the console")
                .hasMessageContaining("the firmware ended itself with code 0");
    }
}
