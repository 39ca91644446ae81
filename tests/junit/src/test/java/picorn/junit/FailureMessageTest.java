// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static picorn.junit.PicornAssertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Engines;

/** Each way in which a board's test fails says what was expected, what came, where the firmware is, and what it printed. */
class FailureMessageTest {
    @PicornTest(image = "trouble.elf")
    static class Failing {
        @Test
        void missesALine(Board board) {
            board.console().awaitLine("steady", ofMillis(20));
        }

        @Test
        void faults(Board board) {
            tell(board, "b");
            board.run(ofMillis(10));
        }

        @AllEngines
        void writesToNothing(Board board) {
            tell(board, "w");
            board.run(ofMillis(10));
        }

        @AllEngines
        void faultsOnceAmongMany(Board board) {
            board.expectFault(Fault.BUS_FAULT);
            tell(board, "o");
            board.console().awaitLine("survived", ofMillis(10));
        }

        @AllEngines
        void losesItsStack(Board board) {
            tell(board, "k");
            board.run(ofMillis(10));
        }

        @Test
        void floods(Board board) {
            tell(board, "f");
            board.console().awaitLine("enough", ofMillis(8));
        }

        @Test
        void locksUp(Board board) {
            board.expectFault(Fault.HARD_FAULT);
            tell(board, "l");
            board.run(ofMillis(10));
        }

        @Test
        void sleepsWithoutEnd(Board board) {
            tell(board, "s");
            board.console().awaitLine("done", Duration.ofDays(1));
        }

        @Test
        void ends(Board board) {
            tell(board, "x");
            board.run(ofMillis(10));
        }

        @Test
        void endsWell(Board board) {
            tell(board, "q");
            board.console().awaitLine("done", ofMillis(10));
        }

        @Test
        void expectsAFaultInVain(Board board) {
            board.expectFault(Fault.BUS_FAULT);
            board.run(ofMillis(1));
        }

        @Test
        void expectsAnExitInVain(Board board) {
            board.expectExit(3);
            board.run(ofMillis(1));
        }

        @Test
        void expectsALockUpInVain(Board board) {
            board.expectLockUp();
            board.run(ofMillis(1));
        }

        @Test
        void pingsInVain(Network net) {
            assertThat(net.ping("10.0.2.15", ofMillis(3))).answersWithin(ofMillis(2));
        }

        @Test
        void looksAtAField(Board board) {
            board.console().awaitLine("ready", ofMillis(10));
            assertThat(board.register("USART1.CR1")).hasField("RXNEIE", 1);
        }

        @Test
        @PicornTest(image = "trouble.elf", wallLimitSeconds = 1)
        void hangs(Board board) {
            tell(board, "h");
            board.console().awaitLine("done", Duration.ofDays(10));
        }

        @Test
        void throwsSomething(Board board) {
            board.console().awaitLine("ready", ofMillis(10));
            throw new IllegalStateException("of the test's own");
        }

        private static void tell(Board board, String letter) {
            board.console().awaitLine("ready", ofMillis(10));
            board.console().send(letter);
        }
    }

    private static String message(String method) {
        return Outcomes.failure(Failing.class, method).getMessage();
    }

    private static List<String> messages(String method) {
        return Outcomes.failures(Failing.class, method, Map.of()).stream()
                .map(Throwable::getMessage)
                .toList();
    }

    private static Path directory(String method) {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("target/picorn/" + Failing.class.getName() + "/" + method);
    }

    /** In docs/testing.md three of these messages stand as they come, the directory above tests aside. */
    @ParameterizedTest
    @ValueSource(strings = {"missesALine", "faults", "sleepsWithoutEnd"})
    void theMessagesInTheDocumentationAreReal(String method) throws Exception {
        Path root = Path.of(System.getProperty("basedir", ""), "../..")
                .toAbsolutePath()
                .normalize();
        String message = Outcomes.failure(Failing.class, method, Map.of("picorn.engine", "java"))
                .getMessage()
                .replace(root.toString(), "…");
        assertThat(root.resolve("docs/testing.md")).content().contains(message.indent(4));
    }

    @Test
    void aLineThatDoesNotComeIsNamedWithWhatCameInstead() {
        assertThat(message("missesALine"))
                .startsWith("expected a console line that contains \"steady\" within 20 ms, but that time has passed\n")
                .containsPattern(
                        "at:      (main|next_letter|receive)\\S* at trouble.c:\\d+, thread mode, after 0\\.020000 s and \\d+ instructions on \\S+")
                .contains("console:\n         | ready\n");
    }

    @Test
    void aFaultIsNamedWithItsPlaceAndItsCause() {
        assertThat(message("faults"))
                .startsWith(
                        "expected it to run for 10 ms, but the firmware took a BusFault in read_nothing+0x4 at trouble.c:")
                .contains(
                        "fault:   BusFault in read_nothing+0x4 at trouble.c:",
                        "\n         ldr r3, [r3, #0]\n",
                        "FORCED",
                        "PRECISERR",
                        "BFAR: the address was 0x90000000")
                .contains("         | unexpected exception");
    }

    @Test
    void anImpreciseFaultIsThatOfItsStore() {
        assertThat(messages("writesToNothing")).hasSize(Engines.all().size()).allSatisfy(message -> assertThat(message)
                .startsWith("expected it to run for 10 ms, but the firmware took a BusFault in"
                        + " write_nothing+0x4 at trouble.c:")
                .contains("IMPRECISERR"));
    }

    @Test
    void anUnexpectedFaultIsNotLostAmongExpectedOnes() {
        assertThat(messages("faultsOnceAmongMany"))
                .hasSize(Engines.all().size())
                .allSatisfy(message -> assertThat(message)
                        .contains(", but the firmware took a UsageFault in undefined_instruction at trouble.c:"));
    }

    @Test
    void aFaultOfExceptionEntryIsWhereTheCoreWasThen() {
        assertThat(messages("losesItsStack")).hasSize(Engines.all().size()).allSatisfy(message -> assertThat(message)
                .contains(", but the firmware took a BusFault in lose_the_stack+", "STKERR"));
    }

    @Test
    void whatIsNotKeptIsCounted() {
        assertThat(message("floods")).containsPattern("\\n +[0-9]+ octets that followed were not kept\\n");
        Path directory = directory("floods");
        assertThat(directory.resolve("console.log")).hasSize(16 << 20);
        assertThat(directory.resolve("report.txt")).content().containsPattern("console.log lacks the last \\d+ octets");
    }

    @Test
    void aLockUpIsNamed() {
        assertThat(message("locksUp"))
                .startsWith("expected it to run for 10 ms, but the core locked up\n")
                .contains("at:      HardFault_Handler");
    }

    @Test
    void firmwareThatNothingCanWakeFailsAtOnce() {
        assertThat(message("sleepsWithoutEnd"))
                .startsWith(
                        "expected a console line that contains \"done\" within 86400 s, but the firmware sleeps (WFI) and"
                                + " nothing can wake it\n")
                .contains("at:      sleep_forever", "after 0.1");
    }

    @Test
    void anExitWithAnotherCodeIsNamed() {
        assertThat(message("ends"))
                .startsWith("expected it to run for 10 ms, but the firmware ended itself with code 3\n");
    }

    @Test
    void firmwareThatEndsWhileSomethingIsAwaitedFailsAtOnce() {
        assertThat(message("endsWell"))
                .startsWith(
                        "expected a console line that contains \"done\" within 10 ms, but the firmware ended itself with code 0\n");
    }

    @Test
    void whatWasExpectedInVainIsNamed() {
        assertThat(message("expectsAFaultInVain")).startsWith("expected a BusFault, but none was taken\n");
        assertThat(message("expectsAnExitInVain"))
                .startsWith("expected it to end itself with code 3, but the firmware runs\n");
        assertThat(message("expectsALockUpInVain")).startsWith("expected a lock-up, but the firmware runs\n");
    }

    @Test
    void aPingWithoutAnswerIsNamed() {
        assertThat(message("pingsInVain"))
                .startsWith("expected an answer to the ping within 2 ms, but none came for 3 ms\n")
                .contains("\nat: ");
    }

    @Test
    void aFieldIsShownWithItsWholeRegister() {
        assertThat(message("looksAtAField"))
                .startsWith(
                        "expected USART1.CR1.RXNEIE to be 1, but it is 0 (USART1.CR1 = 0x0000200c: RE=1 TE=1 UE=1)\n");
    }

    @Test
    void theWallLimitEndsAHang() {
        assertThat(message("hangs"))
                .startsWith(
                        "expected a console line that contains \"done\" within 864000 s, but the test took longer than its"
                                + " wallLimitSeconds = 1\n")
                .contains("at:      hang");
    }

    @Test
    void anExceptionOfTheTestsOwnKeepsItsTypeAndTellsOfTheBoard() {
        Throwable failure = Outcomes.failure(Failing.class, "throwsSomething");
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("of the test's own");
        assertThat(failure.getSuppressed()[0].getMessage()).contains("at: ", "| ready");
    }

    @Test
    void consoleFramesAndReportAreKeptWhereTheMessageSays() throws Exception {
        String message = message("faults");
        Path directory = directory("faults");
        for (String file : new String[] {"console.log", "frames.pcapng", "report.txt"}) {
            assertThat(message).contains("kept:    " + directory.resolve(file));
        }
        assertThat(directory.resolve("console.log")).content().startsWith("ready\r\n");
        assertThat(directory.resolve("report.txt")).content().contains("in ", "BusFault in read_nothing+0x4", "SRAM");
        assertThat(Files.readAllBytes(directory.resolve("frames.pcapng"))).startsWith(0x0A, 0x0D, 0x0D, 0x0A);
    }
}
