// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Timing;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/**
 * What firmware measures with DWT_CYCCNT under {@code --timing m4}: the tables of the Cortex-M4 TRM (3.3), its exception latency, and the
 * waits of flash memory (RM0090, 3.5) at five wait states, as at 168 MHz. All but prefetched code is measured when it has run before.
 */
class CyclesTest {
    private static final int LDR = 2;
    private static final int LATENCY = 5;
    private static final int PRFTEN = 0x100;
    private static final int ICEN = 0x200;
    private static final int DCEN = 0x400;

    private static Map<String, Integer> measured(int acr) throws Exception {
        StringBuilder output = new StringBuilder();
        Image image = ImageReader.read(Path.of("src/test/resources/cycles.elf"), OptionalInt.empty());
        try (Board board =
                new Board(BoardModel.stm32429iEval(), Engines.named("java").timed(Timing.M4))) {
            board.semihosting(SemihostingHost.of(
                            (octets, at, length) ->
                                    output.append(new String(octets, at, length, StandardCharsets.US_ASCII)),
                            board.machine())
                    .withCommandLine("cycles acr=" + acr));
            board.load(image);
            board.reset();
            assertThat(board.run(Clock.SECOND)).isEqualTo(new Outcome.Exited(0));
        }
        Map<String, Integer> values = new LinkedHashMap<>();
        output.toString()
                .lines()
                .map(line -> line.split(" "))
                .forEach(word -> values.put(word[0], Integer.parseInt(word[1])));
        return values;
    }

    @Test
    void codeTakesTheCyclesOfTheManualWhereFlashDoesNotWait() throws Exception {
        assertThat(measured(0))
                .containsEntry("nop", LDR + 1)
                .containsEntry("svc", LDR + 1 + 12 + 1 + 12)
                .containsEntry("turns", LDR + 1 + 100 * (1 + 1 + 1) - 1)
                .containsEntry("wide", LDR + 64)
                .containsEntry("literals", LDR + 4);
    }

    @ParameterizedTest(name = "ACR {0}: {1} waits for code, {2} for literals")
    @CsvSource({
        LATENCY + ", " + 16 * LATENCY + ", " + 4 * LATENCY,
        (LATENCY | ICEN) + ", 0, " + 4 * LATENCY,
        (LATENCY | DCEN) + ", " + 16 * LATENCY + ", 0",
        (LATENCY | PRFTEN | ICEN | DCEN) + ", 0, 0"
    })
    void flashWaitsForEachLineThatNoCacheHolds(int acr, int code, int literals) throws Exception {
        assertThat(measured(acr)).containsEntry("wide", LDR + 64 + code).containsEntry("literals", LDR + 4 + literals);
    }

    /** A line of four instructions is executed while the next is read, which takes two cycles more; the first was there in time. */
    @Test
    void prefetchedCodeWaitsForWhatAReadTakesLonger() throws Exception {
        assertThat(measured(LATENCY | PRFTEN)).containsEntry("wide", LDR + 64 + 15 * (LATENCY + 1 - 4));
    }

    @Test
    void cyccntSysTickAndTimersCountTheSameCycles() throws Exception {
        Map<String, Integer> counted = measured(LATENCY | PRFTEN | ICEN | DCEN);
        assertThat(counted.get("cyccnt")).isGreaterThan(5000);
        assertThat(counted.get("systick")).isEqualTo(counted.get("cyccnt"));
        assertThat(counted.get("tim2")).isEqualTo(counted.get("cyccnt"));
    }

    @Test
    void aRunInCyclesIsRepeatable() throws Exception {
        assertThat(measured(LATENCY | PRFTEN | ICEN | DCEN)).isEqualTo(measured(LATENCY | PRFTEN | ICEN | DCEN));
    }
}
