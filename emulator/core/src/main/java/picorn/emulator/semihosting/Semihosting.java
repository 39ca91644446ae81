// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picorn.emulator.semihosting.SemihostingResult.AwaitInput;
import picorn.emulator.semihosting.SemihostingResult.Continue;
import picorn.emulator.semihosting.SemihostingResult.Exit;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;

/**
 * Semihosting for 32-bit callers (Arm: Semihosting for AArch32 and AArch64, release 2.0). A call that fails, by a bad pointer, a
 * forbidden name or trouble of the host, returns -1 and leaves its reason to SYS_ERRNO. SYS_SYSTEM and SYS_TMPNAM always fail.
 *
 * <p>Files that are open when state is saved are closed for the guest when it is loaded; console handles stay open.
 */
public final class Semihosting implements Saved, AutoCloseable {
    /** What SYS_TIME says at reset, so that runs repeat: 2026-01-01, 00:00 UTC, in seconds since 1970. */
    public static final int EPOCH = 1_767_225_600;

    /** Ticks of SYS_ELAPSED in a second. */
    public static final int TICK_FREQUENCY = 1_000_000_000;

    private static final long CENTISECOND = Clock.SECOND / 100;
    private static final long TICK = Clock.SECOND / TICK_FREQUENCY;
    private static final int LONGEST_STRING = 1 << 16;
    private static final Continue FAILED = new Continue(-1);

    private final SemihostingHost host;
    private final GuestMemory memory;
    private final FileCalls files;
    private final byte[] text = new byte[256];
    private int errno;

    /** For a guest with {@code memory}. */
    public Semihosting(SemihostingHost host, GuestMemory memory) {
        this.host = host;
        this.memory = memory;
        this.files = new FileCalls(host);
    }

    /**
     * Does a call.
     *
     * @param operation R0, the operation number
     * @param parameter R1, mostly the address of a data block
     */
    public SemihostingResult call(int operation, int parameter) {
        try {
            Optional<Operation> known = Operation.of(operation);
            if (known.isEmpty()) {
                throw Errno.ENOSYS.refusal();
            }
            return perform(known.get(), parameter);
        } catch (Refusal refusal) {
            errno = refusal.errno().number();
        } catch (IOException e) {
            errno = Errno.EIO.number();
        }
        return FAILED;
    }

    private SemihostingResult perform(Operation operation, int parameter) throws Refusal, IOException {
        Parameters block = new Parameters(memory, parameter);
        return switch (operation) {
            case SYS_READ -> files.read(block);
            case SYS_READC -> readCharacter();
            case SYS_EXIT -> exit(parameter, 0);
            case SYS_EXIT_EXTENDED -> exit(block.field(1), block.field(2));
            default -> new Continue(value(operation, parameter, block));
        };
    }

    private int value(Operation operation, int parameter, Parameters block) throws Refusal, IOException {
        return switch (operation) {
            case SYS_OPEN -> files.open(block);
            case SYS_CLOSE -> files.close(block);
            case SYS_WRITEC -> writeCharacter(block, parameter);
            case SYS_WRITE0 -> writeString(block, parameter);
            case SYS_WRITE -> files.write(block);
            case SYS_ISERROR -> block.field(1) < 0 ? 1 : 0;
            case SYS_ISTTY -> files.isTty(block);
            case SYS_SEEK -> files.seek(block);
            case SYS_FLEN -> files.length(block);
            case SYS_REMOVE -> files.remove(block);
            case SYS_RENAME -> files.rename(block);
            case SYS_CLOCK -> (int) (host.clock().now() / CENTISECOND);
            case SYS_TIME -> (int) (EPOCH + host.clock().now() / Clock.SECOND);
            case SYS_ERRNO -> errno;
            case SYS_GET_CMDLINE -> commandLine(block);
            case SYS_HEAPINFO -> heapInfo(block);
            case SYS_ELAPSED -> elapsed(block);
            case SYS_TICKFREQ -> TICK_FREQUENCY;
            default -> throw Errno.ENOSYS.refusal(); // SYS_SYSTEM, SYS_TMPNAM
        };
    }

    private int writeCharacter(Parameters block, int address) throws Refusal {
        block.read(address, text, 1);
        host.output().write(text, 0, 1);
        return 0;
    }

    private int writeString(Parameters block, int address) throws Refusal {
        for (int done = 0; done < LONGEST_STRING; done += text.length) {
            int length = stringPiece(address + done);
            host.output().write(text, 0, length);
            if (length < text.length) {
                block.read(address + done + length, text, 1); // fails unless the string ended by a NUL
                return 0;
            }
        }
        throw Errno.EINVAL.refusal();
    }

    /** Fills {@link #text} from {@code address} on, up to a NUL or the end of memory; by octets, as memory may end behind the NUL. */
    private int stringPiece(int address) {
        int length = 0;
        while (length < text.length && memory.read(address + length, text, length, 1) && text[length] != 0) {
            length++;
        }
        return length;
    }

    private SemihostingResult readCharacter() throws Refusal {
        int next = host.input().next();
        return switch (next) {
            case ConsoleInput.NOTHING_YET -> new AwaitInput();
            case ConsoleInput.ENDED -> throw Errno.EIO.refusal();
            default -> new Continue(next);
        };
    }

    private int commandLine(Parameters block) throws Refusal {
        byte[] line = (host.commandLine() + '\0').getBytes(StandardCharsets.UTF_8);
        if (Integer.compareUnsigned(block.field(2), line.length) < 0) {
            throw Errno.EINVAL.refusal();
        }
        block.write(block.field(1), line, line.length);
        block.setField(2, line.length - 1);
        return 0;
    }

    /** All zero: the program knows its memory better. */
    private int heapInfo(Parameters block) throws Refusal {
        block.write(block.field(1), new byte[4 * Integer.BYTES], 4 * Integer.BYTES);
        return 0;
    }

    private int elapsed(Parameters block) throws Refusal {
        long ticks = host.clock().now() / TICK;
        block.setField(1, (int) ticks);
        block.setField(2, (int) (ticks >>> Integer.SIZE));
        return 0;
    }

    private static Exit exit(int code, int status) {
        StopReason reason = StopReason.of(code);
        return new Exit(reason == StopReason.APPLICATION_EXIT ? status : 1, reason);
    }

    /** Closes the host's files that the guest left open. */
    @Override
    public void close() {
        files.closeAll();
    }

    @Override
    public void save(StateWriter out) {
        out.int32(errno);
        out.section("handles", files);
    }

    @Override
    public void load(StateReader in) {
        errno = in.int32();
        in.section("handles", files);
    }
}
