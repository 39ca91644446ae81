// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Timing;

/** How boards are made: where the image, the board and the engine come from, and that no test sees another's. */
class ExtensionTest {
    @PicornTest(image = "build/missing.elf")
    static class NoImage {
        @Test
        void test(Board board) {}
    }

    @PicornTest(image = "hello-net", board = "discovery")
    static class NoSuchBoard {
        @Test
        void test(Board board) {}
    }

    @PicornTest(image = "hello-net", engine = "steam")
    static class NoSuchEngine {
        @Test
        void test(Board board) {}
    }

    @PicornTest(image = "hello-net", engine = "unicorn", timing = Timing.M4)
    static class NoSuchTiming {
        @Test
        void test(Board board) {}
    }

    @PicornTest(image = "src/test/resources/trouble.elf", engine = "java", timing = Timing.M4)
    static class InCycles {
        @Test
        void test(Board board) {
            board.console().awaitLine("ready", ofMillis(10));
            assertThat(board.clock().now().toNanos() * 16 / 1000)
                    .as("cycles of 16 MHz")
                    .isGreaterThan(board.clock().instructions());
        }
    }

    @Test
    void timeFollowsCyclesWhereTheTestSaysSo() {
        Outcomes.of(InCycles.class).testEvents().assertStatistics(counts -> counts.succeeded(1));
    }

    @Test
    void whatCannotBeHadIsNamedWithTheMend() {
        assertThat(Outcomes.failure(NoImage.class, "test"))
                .hasMessageContaining("build/missing.elf: there is neither the file /")
                .hasMessageContaining("build the firmware first");
        assertThat(Outcomes.failure(NoSuchBoard.class, "test"))
                .hasMessageContaining("there is no board 'discovery' for @PicornTest; there are: stm32429i-eval");
        assertThat(Outcomes.failure(NoSuchEngine.class, "test"))
                .hasMessageContaining("engine 'steam' is not on the class path");
        assertThat(Outcomes.failure(NoSuchTiming.class, "test"))
                .hasMessageContaining(
                        "engine 'unicorn' counts instructions only; timing m4 wants another one, such as java");
    }

    @PicornTest(image = "src/test/resources/trouble.elf")
    static class OnEach {
        @AllEngines
        void test(Board board) {
            board.console().awaitLine("ready", ofMillis(10));
        }
    }

    @Test
    void allEnginesRunsATestOnceOnEach() {
        List<String> names = Outcomes.of(OnEach.class).testEvents().succeeded().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
        assertThat(names)
                .isEqualTo(Engines.all().stream().map(EngineProvider::name).toList());
    }

    @PicornTest(image = "trouble.elf")
    static class OnTheChosen {
        @Test
        void test(Board board) {
            throw new AssertionError("ran on " + board.machine().engine().name());
        }

        @Test
        @PicornTest(image = "trouble.elf", engine = "java")
        void testOnJava(Board board) {
            test(board);
        }

        @Test
        @PicornTest(image = "trouble.elf", engine = "unicorn")
        void testOnUnicorn(Board board) {
            test(board);
        }
    }

    private static String engineOf(String method, String property) {
        return Outcomes.failure(OnTheChosen.class, method, Map.of("picorn.engine", property))
                .getMessage()
                .lines()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theAnnotationNamesTheEngineThenThePropertyThenTheClassPath() {
        assertThat(engineOf("test", "java")).isEqualTo("ran on java");
        assertThat(engineOf("test", "unicorn")).isEqualTo("ran on unicorn");
        assertThat(engineOf("testOnJava", "unicorn")).isEqualTo("ran on java");
        assertThat(engineOf("testOnUnicorn", "java")).isEqualTo("ran on unicorn");
        assertThat(engineOf("test", ""))
                .isEqualTo("ran on " + Engines.all().get(0).name());
        assertThat(engineOf("test", "steam")).contains("engine 'steam' is not on the class path");
    }

    /** As Maven's -Dpicorn.engine=java sets it; no other test of this JVM looks at it meanwhile. */
    @Test
    void theSystemPropertyIsSeen() {
        String before = System.getProperty("picorn.engine", "");
        for (String name : Engines.all().stream().map(EngineProvider::name).toList()) {
            System.setProperty("picorn.engine", name);
            try {
                assertThat(Outcomes.failure(OnTheChosen.class, "test")).hasMessageStartingWith("ran on " + name);
            } finally {
                System.setProperty("picorn.engine", before);
            }
        }
    }

    /** The same test many times at once; each sees a board on which nothing has happened but what it did itself. */
    @PicornTest(image = "trouble.elf")
    @Execution(ExecutionMode.CONCURRENT)
    static class ManyAtOnce {
        @RepeatedTest(40)
        void test(Board board, Console console, Clock clock) {
            assertThat(clock.now()).isZero();
            console.awaitLine("ready", ofMillis(10));
            console.send("123");
            console.awaitText("123", ofMillis(10));
            assertThat(board.variable("counter").asInt()).isEqualTo(3);
            assertThat(console.log()).isEqualTo("ready\r\n123");
        }
    }

    @Test
    void testsInParallelDoNotSeeEachOther() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .selectors(DiscoverySelectors.selectClass(ManyAtOnce.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(40).failed(0));
    }
}
