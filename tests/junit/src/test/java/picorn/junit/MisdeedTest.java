// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picorn.emulator.report.Finding;
import picorn.stm32f4.board.FailureReport;

/** Each thing that firmware does wrong is told once, with the line that does it. */
@PicornTest(image = "misdeeds.elf")
class MisdeedTest {
    private static String only(Board board) {
        assertThat(board.awaitExit(ofSeconds(1))).isZero();
        assertThat(board.findings()).hasSize(1);
        return FailureReport.of(board.findings().get(0), board.symbols());
    }

    private static void does(Board board, String word, String expected) {
        board.arguments(word);
        assertThat(only(board)).matches(expected);
    }

    @AllEngines
    void goodFirmwareIsSilent(Board board) {
        board.limitStack(0x2002_fc00);
        board.arguments("nothing");
        assertThat(board.awaitExit(ofSeconds(1))).isZero();
        assertThat(board.findings()).isEmpty();
        assertThat(board.variable("interrupts").asInt()).isGreaterThanOrEqualTo(1200);
    }

    @AllEngines
    void accessWhileTheClockIsOff(Board board) {
        does(
                board,
                "gated",
                "USART2\\.CR1 is accessed while its clock is off, at use_gated_block\\+0x\\w+ at misdeeds\\.c:46, 0\\.000\\d+ s");
    }

    @AllEngines
    void reservedBits(Board board) {
        does(
                board,
                "reserved",
                "USART1\\.CR1 bits 0x40000000 writes reserved bits, at set_reserved_bits\\+0x\\w+ at misdeeds\\.c:52, .*");
    }

    @AllEngines
    void unmodelledRegister(Board board) {
        does(
                board,
                "unmodelled",
                "DAC\\.DHR8R1 uses a register that is not modelled, at use_unmodelled_block\\+0x\\w+ at misdeeds\\.c:58, .*");
    }

    /** RM0090, 30.6: half-words or words. */
    @AllEngines
    void wrongWidth(Board board) {
        does(
                board,
                "width",
                "USART1\\.CR1 \\(write of 8 bits, takes 16 and more\\) does not take accesses so narrow,"
                        + " at write_octet\\+0x\\w+ at misdeeds\\.c:63, .*");
    }

    @AllEngines
    void dmaIntoNothing(Board board) {
        does(
                board,
                "dma",
                "0x90000000 \\(ETH; 0x\\w+ .*\\) is accessed by DMA, which cannot reach it,"
                        + " at send_from_nowhere\\+0x\\w+ at misdeeds\\.c:\\d+, .*");
    }

    /** 100 frames of 48 octets do not go into 1 KB. */
    @AllEngines
    void stackOverflowWithTheInstructionThatDoesIt(Board board) {
        board.limitStack(0x2002_fc00);
        does(
                board,
                "stack",
                "the main stack \\(MSP 0x2002fb\\w\\w, limit 0x2002fc00\\) has overflowed, at recurse.* at misdeeds\\.c:7\\d, .*");
    }

    @AllEngines
    void flashWrittenWhileLocked(Board board) {
        does(
                board,
                "flash",
                "0x08100000 is written while flash memory is locked, at write_locked_flash.* at misdeeds\\.c:83, .*");
    }

    @AllEngines
    void interruptStorm(Board board) {
        does(
                board,
                "storm",
                "TIM2 \\(1000 times in a row\\) is taken again and again while nothing else makes progress,"
                        + " at Tim2_Dispatch at misdeeds\\.c:\\d+, .*");
    }

    @Test
    @PicornTest(image = "misdeeds.elf", strict = true, args = "gated")
    void strictTestFails(Board board) {
        assertThatThrownBy(() -> board.awaitExit(ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "but the firmware did wrong: USART2.CR1 is accessed while its clock is off, at use_gated_block");
    }

    @Test
    @PicornTest(image = "misdeeds.elf", strict = true, args = "gated")
    void whatIsAllowedFailsNoStrictTest(Board board) {
        board.allow(Finding.Kind.CLOCK_GATED);
        assertThat(board.awaitExit(ofSeconds(1))).isZero();
    }

    /** By _estack and _Min_Stack_Size of its linker script. */
    @Test
    @PicornTest(image = "misdeeds.elf", strict = true, args = "stack")
    void strictTestWatchesTheStackOfTheSymbols(Board board) {
        assertThatThrownBy(() -> board.awaitExit(ofSeconds(1)))
                .hasMessageContaining("the main stack (MSP 0x2002fb")
                .hasMessageContaining("limit 0x2002fc00) has overflowed, at recurse");
    }

    @Test
    @PicornTest(image = "misdeeds.elf", strict = true, args = "nothing")
    void strictTestOfGoodFirmwarePasses(Board board) {
        assertThat(board.awaitExit(ofSeconds(1))).isZero();
    }
}
