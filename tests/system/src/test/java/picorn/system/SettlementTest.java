// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/**
 * Where the engines differ ({@code KnownDifference} of the differential test, docs/decisions/0002), programs of a few instructions ask
 * QEMU too. Each ends with its answer as exit status.
 */
class SettlementTest {
    private static final int FLASH = 0x0800_0000;
    private static final int THREAD = 0x40;
    private static final int SERVICE = 0x100;
    private static final int FAULT = 0x180;
    private static final int SIZE = 0x200;
    private static final int FAULTED = 0xEE;

    /** CPACR allows the FPU; the answer, R4, is 0. */
    private static final int[] START = {
        0xF64E, 0x5088, 0xF2CE, 0x0000, 0xF44F, 0x0170, 0x6001, 0xF3BF, 0x8F4F, 0xF3BF, 0x8F6F, 0x2400
    };
    /** SYS_EXIT_EXTENDED with R4. */
    private static final int[] EXIT = {
        0xF640, 0x0100, 0xF2C2, 0x0100, 0xF240, 0x0226, 0xF2C0, 0x0202, 0xE9C1, 0x2400, 0x2020, 0xBEAB
    };

    private static final int[] NOTHING = {};
    private static final int[] ANSWER_FAULTED = {0x24EE};

    private enum Question {
        /** RMode = up: vcvt.f32.s32 of 2^24 + 1 with one fraction bit; 0 if to nearest (A7.7.228). */
        FIXED_POINT_ROUNDING(
                new Answers(0, 1, 0),
                code(
                        0xF44F, 0x0080, 0xEEE1, 0x0A10, 0xF04F, 0x7080, 0x3001, 0xEE00, 0x0A10, 0xEEBA, 0x0AEF, 0xEE10,
                        0x4A10, 0xB2E4)),
        /** str r0, [pc, #4] in RAM: does it fault (A7.7.161)? */
        STORE_RELATIVE_TO_PC(
                new Answers(FAULTED, 0, FAULTED),
                code(
                        0xF640, 0x1000, 0xF2C2, 0x0000, 0xF64F, 0x01CF, 0xF2C0, 0x0104, 0x6001, 0xF244, 0x7170, 0x6041,
                        0x3001, 0xF3BF, 0x8F4F, 0xF3BF, 0x8F6F, 0x4780)),
        /** ldrex r0, [r1]; strex r4, r0, [r1, #4]: the Cortex-M4's monitor has no address. */
        EXCLUSIVE_GRANULE(new Answers(0, 1, 1), code(0xF640, 0x1100, 0xF2C2, 0x0100, 0xE851, 0x0F00, 0xE841, 0x0401)),
        /** cpsid f in HardFault; mrs r4, faultmask (B5.2.1). */
        FAULTMASK_OF_NMI(new Answers(0, 1, 1), code(0xDE00), NOTHING, code(0xB671, 0xF3EF, 0x8413)),
        /** mov pc, lr in the handler of SVC: does it return (B1.5.8)? */
        EXC_RETURN_ANYHOW(new Answers(FAULTED, 0, FAULTED), code(0xDF00), code(0x46F7), ANSWER_FAULTED),
        /** An UNDEFINED row of A5.3.18 for coprocessor 1; UFSR says 1, UNDEFINSTR, or 8, NOCP. */
        UNALLOCATED_COPROCESSOR_INSTRUCTION(
                new Answers(1, 8, 8),
                code(0xFC11, 0x217C),
                NOTHING,
                code(0xF64E, 0x5028, 0xF2CE, 0x0000, 0x6804, 0x0C24)),
        /** cmp r4, r4; ite eq; isbeq; movne r4, #1 (A7.3). */
        BARRIER_IN_BLOCK(new Answers(0, 1, 0), code(0x42A4, 0xBF0C, 0xF3BF, 0x8F6F, 0x2401)),
        /** mov sp, r0 with both low bits; mov r4, sp (B1.4.1). */
        STACK_POINTER_LOW_BITS(
                new Answers(0, 3, 0), code(0xF640, 0x7003, 0xF2C2, 0x0000, 0x4685, 0x466C, 0xF004, 0x0403)),
        /** subs pc, lr, #0: UFSR says 1, UNDEFINSTR (A5.3.4), or 2, INVSTATE, since it was executed and T is clear. */
        RETURN_OF_OTHER_PROFILES(
                new Answers(1, 2, 2),
                code(0xBF00, 0xA003, 0x3001, 0x4686, 0xF3DE, 0x8F00, 0x2401, 0xBF00),
                NOTHING,
                code(0xF64E, 0x5028, 0xF2CE, 0x0000, 0x6804, 0x0C24)),
        /** FPSCR's flags set, CONTROL.FPCA cleared, vmov s0, s1: the flags now. */
        NEW_CONTEXT_FPSCR(
                new Answers(15, 0, 0),
                code(
                        0xF04F, 0x4070, 0xEEE1, 0x0A10, 0x2000, 0xF380, 0x8814, 0xF3BF, 0x8F6F, 0xEEB0, 0x0A60, 0xEEF1,
                        0x4A10, 0x0F24));

        private final Answers answers;
        private final int[] thread;
        private final int[] service;
        private final int[] fault;

        Question(Answers answers, int[] thread) {
            this(answers, thread, NOTHING, ANSWER_FAULTED);
        }

        Question(Answers answers, int[] thread, int[] service, int[] fault) {
            this.answers = answers;
            this.thread = thread;
            this.service = service;
            this.fault = fault;
        }

        private static int[] code(int... halfwords) {
            return halfwords;
        }

        /** For the start of flash memory. */
        byte[] program() {
            ByteBuffer image = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
            for (int vector = 0; vector < 16; vector++) {
                image.putInt(FLASH + FAULT | 1);
            }
            image.putInt(0, 0x2000_1000);
            image.putInt(4, FLASH + THREAD | 1);
            image.putInt(4 * 11, FLASH + SERVICE | 1);
            put(image, THREAD, START, thread, EXIT);
            put(image, SERVICE, service, EXIT);
            put(image, FAULT, fault, EXIT);
            return image.array();
        }

        private static void put(ByteBuffer image, int at, int[]... pieces) {
            image.position(at);
            for (int[] piece : pieces) {
                for (int halfword : piece) {
                    image.putShort((short) halfword);
                }
            }
        }
    }

    /** What the manual demands and the Java engine gives; what Unicorn gives; what QEMU gives. */
    private record Answers(int java, int unicorn, int qemu) {}

    @ParameterizedTest
    @EnumSource
    void eachDifferenceIsAsRecorded(Question question, @TempDir Path folder) throws Exception {
        byte[] program = question.program();
        Answers found = new Answers(answer("java", program), answer("unicorn", program), QemuRun.raw(program, folder));
        assertThat(found).isEqualTo(question.answers);
    }

    private static int answer(String engine, byte[] program) throws Exception {
        try (Board board = new Board(BoardModel.stm32429iEval(), Engines.named(engine))) {
            board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine()));
            board.load(ImageReader.read("question", program, OptionalInt.of(FLASH)));
            board.reset();
            Outcome outcome = board.run(Clock.SECOND / 1000);
            return outcome instanceof Outcome.Exited exited ? exited.code() : fail(outcome);
        }
    }

    private static int fail(Outcome outcome) {
        throw new AssertionError("no answer: " + outcome);
    }
}
