// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.emulator.semihosting.SemihostingResult.AwaitInput;
import picorn.emulator.semihosting.SemihostingResult.Continue;
import picorn.emulator.semihosting.SemihostingResult.Exit;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Console, time, command line and exit: Semihosting for AArch32 and AArch64, release 2.0, "Semihosting operations". */
class SemihostingTest {
    private static final int NOWHERE = 0x4000_0000;
    private static final int READ = 0;
    private static final int WRITE = 4;
    private static final int APPEND = 8;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Deque<Integer> keys = new ArrayDeque<>();
    private int withoutKeys = ConsoleInput.NOTHING_YET;
    private long now;
    private final SemihostingHost host = SemihostingHost.of(console::write, () -> now)
            .withInput(() -> keys.isEmpty() ? withoutKeys : keys.remove())
            .withCommandLine("rtos-check seed=3");
    private final Guest guest = new Guest(host);

    @Test
    void writecSendsTheOctetThatR1PointsTo() {
        guest.memory.put(0, (byte) 'x');
        guest.call(Operation.SYS_WRITEC, Guest.BASE);
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo("x");
        assertThat(guest.call(Operation.SYS_WRITEC, NOWHERE)).isEqualTo(new Continue(-1));
    }

    @Test
    void write0SendsAStringUpToItsNul() {
        String text = "0123456789".repeat(60);
        guest.memory.put(0, (text + "\0junk").getBytes(StandardCharsets.US_ASCII));
        guest.call(Operation.SYS_WRITE0, Guest.BASE);
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo(text);
    }

    @Test
    void write0ReadsNothingBehindTheNul() {
        guest.memory.put(Guest.SIZE - 3, (byte) 'o').put(Guest.SIZE - 2, (byte) 'k');
        assertThat(guest.call(Operation.SYS_WRITE0, Guest.BASE + Guest.SIZE - 3))
                .isEqualTo(new Continue(0));
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo("ok");
    }

    @Test
    void write0WithoutANulFailsAtTheEndOfMemoryOrAfter64K() {
        Arrays.fill(guest.memory.array(), (byte) 'a');
        assertThat(guest.call(Operation.SYS_WRITE0, Guest.BASE + 10)).isEqualTo(new Continue(-1));
        console.reset();
        assertThat(guest.call(Operation.SYS_WRITE0, Guest.BASE)).isEqualTo(new Continue(-1));
        assertThat(console.size()).isEqualTo(1 << 16);
    }

    @Test
    void theConsoleIsOpenedAsTtForReadingAndWriting() {
        int out = guest.open(":tt", WRITE);
        int err = guest.open(":tt", APPEND);
        int in = guest.open(":tt", READ);
        assertThat(List.of(out, err, in)).doesNotHaveDuplicates().doesNotContain(0, -1);
        assertThat(guest.write(out, "hello")).isZero();
        assertThat(guest.write(err, "!")).isZero();
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo("hello!");
        assertThat(guest.result(Operation.SYS_ISTTY, out)).isEqualTo(1);
        assertThat(guest.result(Operation.SYS_FLEN, out)).isZero();
        assertThat(guest.result(Operation.SYS_SEEK, out, 0)).isEqualTo(-1);
        assertThat(guest.write(in, "x")).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_READ, out, Guest.BUFFER, 1)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_CLOSE, out)).isZero();
        assertThat(guest.result(Operation.SYS_CLOSE, out)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(9);
    }

    @Test
    void aLongWriteArrivesWhole() {
        int out = guest.open(":tt", WRITE);
        String text = "0123456789".repeat(1000);
        assertThat(guest.write(out, text)).isZero();
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo(text);
    }

    @Test
    void aWriteFromNowhereFails() {
        int out = guest.open(":tt", WRITE);
        assertThat(guest.result(Operation.SYS_WRITE, out, NOWHERE, 4)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_WRITE, out, Guest.BASE, -1)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(14);
        assertThat(guest.call(Operation.SYS_WRITE, NOWHERE)).isEqualTo(new Continue(-1));
    }

    @Test
    void readcWaitsForAKeyAndFailsWhenThereNeverIsOne() {
        assertThat(guest.call(Operation.SYS_READC, 0)).isEqualTo(new AwaitInput());
        keys.add(0xE4);
        assertThat(guest.call(Operation.SYS_READC, 0)).isEqualTo(new Continue(0xE4));
        withoutKeys = ConsoleInput.ENDED;
        assertThat(guest.call(Operation.SYS_READC, 0)).isEqualTo(new Continue(-1));
    }

    @Test
    void aReadFromTheConsoleGivesWhatIsThere() {
        int in = guest.open(":tt", READ);
        assertThat(guest.block(Operation.SYS_READ, in, Guest.BUFFER, 10)).isEqualTo(new AwaitInput());
        keys.addAll(List.of((int) 'a', (int) 'b'));
        assertThat(guest.result(Operation.SYS_READ, in, Guest.BUFFER, 10)).isEqualTo(8);
        assertThat(guest.text(Guest.BUFFER, 2)).isEqualTo("ab");
        withoutKeys = ConsoleInput.ENDED;
        assertThat(guest.result(Operation.SYS_READ, in, Guest.BUFFER, 10)).isEqualTo(10);
    }

    @Test
    void aReadToNowhereLosesNoKeys() {
        int in = guest.open(":tt", READ);
        keys.add((int) 'a');
        assertThat(guest.result(Operation.SYS_READ, in, NOWHERE, 10)).isEqualTo(-1);
        assertThat(keys).hasSize(1);
    }

    @Test
    void iserrorTellsNegativeNumbers() {
        assertThat(guest.result(Operation.SYS_ISERROR, 0)).isZero();
        assertThat(guest.result(Operation.SYS_ISERROR, 5)).isZero();
        assertThat(guest.result(Operation.SYS_ISERROR, -1)).isNotZero();
    }

    @Test
    void timeIsVirtual() {
        now = 3_456_789_000_000L; // 3.456789 s in picoseconds
        assertThat(guest.call(Operation.SYS_CLOCK, 0)).isEqualTo(new Continue(345));
        assertThat(guest.call(Operation.SYS_TIME, 0)).isEqualTo(new Continue(1_767_225_603)); // 2026-01-01 00:00:03 UTC
        assertThat(guest.call(Operation.SYS_TICKFREQ, 0)).isEqualTo(new Continue(1_000_000_000));
        now = 10_000_000_000_000L; // 10 s: more nanoseconds than 32 bits hold
        assertThat(guest.call(Operation.SYS_ELAPSED, Guest.BASE)).isEqualTo(new Continue(0));
        assertThat(guest.memory.getLong(0)).isEqualTo(10_000_000_000L);
        assertThat(guest.call(Operation.SYS_ELAPSED, NOWHERE)).isEqualTo(new Continue(-1));
    }

    @Test
    void theCommandLineIsGivenWithItsLengthWhereItFits() {
        assertThat(guest.result(Operation.SYS_GET_CMDLINE, Guest.BUFFER, 18)).isZero();
        assertThat(guest.text(Guest.BUFFER, 18)).isEqualTo("rtos-check seed=3\0");
        assertThat(guest.memory.getInt(0)).isEqualTo(Guest.BUFFER);
        assertThat(guest.memory.getInt(4)).isEqualTo(17);
        assertThat(guest.result(Operation.SYS_GET_CMDLINE, Guest.BUFFER, 17)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_GET_CMDLINE, NOWHERE, 80)).isEqualTo(-1);
    }

    @Test
    void heapinfoLeavesTheMemoryToTheProgram() {
        guest.memory.putLong(0x1000, -1).putLong(0x1008, -1).putInt(0x1010, -1);
        guest.block(Operation.SYS_HEAPINFO, Guest.BUFFER);
        assertThat(guest.memory.getLong(0x1000)).isZero();
        assertThat(guest.memory.getLong(0x1008)).isZero();
        assertThat(guest.memory.getInt(0x1010)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_HEAPINFO, NOWHERE)).isEqualTo(-1);
    }

    @Test
    void exitEndsTheRunByItsReason() {
        assertThat(guest.call(Operation.SYS_EXIT, 0x20026)).isEqualTo(new Exit(0, StopReason.APPLICATION_EXIT));
        assertThat(guest.call(Operation.SYS_EXIT, 0x20023)).isEqualTo(new Exit(1, StopReason.RUN_TIME_ERROR));
        assertThat(guest.call(Operation.SYS_EXIT, 7)).isEqualTo(new Exit(1, StopReason.UNKNOWN));
    }

    @Test
    void exitExtendedCarriesAStatus() {
        assertThat(guest.block(Operation.SYS_EXIT_EXTENDED, 0x20026, 42))
                .isEqualTo(new Exit(42, StopReason.APPLICATION_EXIT));
        assertThat(guest.block(Operation.SYS_EXIT_EXTENDED, 0x20026, 0))
                .isEqualTo(new Exit(0, StopReason.APPLICATION_EXIT));
        assertThat(guest.block(Operation.SYS_EXIT_EXTENDED, 0x20024, 0))
                .isEqualTo(new Exit(1, StopReason.INTERNAL_ERROR));
        assertThat(guest.call(Operation.SYS_EXIT_EXTENDED, NOWHERE)).isEqualTo(new Continue(-1));
    }

    @Test
    void theExtensionsAreReportedAndOnlyForReading() {
        int features = guest.open(":semihosting-features", READ);
        assertThat(guest.read(features, 4)).isEqualTo("SHFB");
        assertThat(guest.read(features, 4)).isEqualTo("\1"); // SH_EXT_EXIT_EXTENDED
        assertThat(guest.result(Operation.SYS_FLEN, features)).isEqualTo(5);
        assertThat(guest.result(Operation.SYS_ISTTY, features)).isZero();
        assertThat(guest.result(Operation.SYS_SEEK, features, 4)).isZero();
        assertThat(guest.read(features, 1)).isEqualTo("\1");
        assertThat(guest.result(Operation.SYS_SEEK, features, 6)).isEqualTo(-1);
        assertThat(guest.open(":semihosting-features", WRITE)).isEqualTo(-1);
    }

    @Test
    void theHostsShellAndTemporaryNamesAreNeverReached() {
        assertThat(guest.result(Operation.SYS_SYSTEM, Guest.BUFFER, 2)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_TMPNAM, Guest.BUFFER, 1, 100)).isEqualTo(-1);
        assertThat(guest.semihosting().call(0x17, 0)).isEqualTo(new Continue(-1));
        assertThat(guest.errno()).isEqualTo(38);
    }

    @Test
    void filesAreRefusedWithoutADirectory() {
        assertThat(guest.open("file", WRITE)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(13);
        assertThat(guest.remove("file")).isEqualTo(-1);
        assertThat(guest.rename("file", "other")).isEqualTo(-1);
    }

    @Test
    void namesAndModesAreBounded() {
        assertThat(guest.open(":tt", 12)).isEqualTo(-1);
        assertThat(guest.open(":tt", -1)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_OPEN, Guest.BUFFER, READ, -1)).isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_OPEN, Guest.BUFFER, READ, 0x7FFF_FFFF))
                .isEqualTo(-1);
        assertThat(guest.result(Operation.SYS_OPEN, NOWHERE, READ, 3)).isEqualTo(-1);
    }

    @Test
    void atMost32HandlesAreOpenAtOnce() {
        for (int i = 0; i < 32; i++) {
            assertThat(guest.open(":tt", WRITE)).isPositive();
        }
        assertThat(guest.open(":tt", WRITE)).isEqualTo(-1);
        assertThat(guest.errno()).isEqualTo(24);
        assertThat(guest.result(Operation.SYS_CLOSE, 5)).isZero();
        assertThat(guest.open(":tt", WRITE)).isEqualTo(5);
    }

    @Test
    void consoleHandlesAndErrnoSurviveSavingAndLoading() {
        int out = guest.open(":tt", WRITE);
        int features = guest.open(":semihosting-features", READ);
        guest.read(features, 4);
        guest.result(Operation.SYS_CLOSE, 30);
        StateWriter saved = new StateWriter();
        guest.semihosting().save(saved);
        Guest fresh = new Guest(host);
        fresh.semihosting().load(new StateReader(saved.toByteArray()));
        assertThat(fresh.errno()).isEqualTo(9);
        assertThat(fresh.write(out, "again")).isZero();
        assertThat(console.toString(StandardCharsets.US_ASCII)).isEqualTo("again");
        assertThat(fresh.read(features, 4)).isEqualTo("\1");
    }
}
