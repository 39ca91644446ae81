// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Registers as the machine and a debugger see them, in every mode and at every privilege. */
public abstract class RegisterContract extends EngineContract {
    private static final int NPRIV = 1;
    private static final int SPSEL = 2;
    private static final int FPCA = 4;

    @Test
    void coreRegistersHoldWhatIsWritten() {
        for (int n = 0; n <= 12; n++) {
            engine.set(Reg.core(n), 0x8000_0000 + n);
        }
        engine.set(Reg.LR, -1);
        for (int n = 0; n <= 12; n++) {
            assertThat(reg(Reg.core(n))).isEqualTo(0x8000_0000 + n);
        }
        assertThat(reg(Reg.LR)).isEqualTo(-1);
    }

    @Test
    void pcHasBitZeroClear() {
        engine.set(Reg.PC, CODE + 0x101);

        assertThat(reg(Reg.PC)).isEqualTo(CODE + 0x100);
        assertThat(engine.pc()).isEqualTo(CODE + 0x100);
    }

    @Test
    void stackPointersReadTheirLowBitsAsZero() {
        engine.set(Reg.SP, STACK + 7);
        engine.set(Reg.PSP, PROCESS_STACK + 3);

        assertThat(reg(Reg.SP)).isEqualTo(STACK + 4);
        assertThat(reg(Reg.MSP)).isEqualTo(STACK + 4);
        assertThat(reg(Reg.PSP)).isEqualTo(PROCESS_STACK);
    }

    @Test
    void flagsAreInOneWordWithItStateAndException() {
        int xpsr = 0xf80f_0000 | THREAD | 0x0600_5400; // NZCVQ, GE, T, ITSTATE
        engine.set(Reg.XPSR, xpsr);

        assertThat(reg(Reg.XPSR)).isEqualTo(xpsr);
    }

    @Test
    void batchesEqualSingles() {
        Reg[] registers = {Reg.PC, Reg.R3, Reg.S5, Reg.XPSR, Reg.CONTROL, Reg.BASEPRI, Reg.FPSCR};
        int[] values = {CODE + 0x40, 3, 0x3f80_0000, THREAD | 0x8000_0000, FPCA, 0x50, 0x0100_0000};
        engine.set(registers, values);
        int[] read = new int[registers.length];
        engine.get(registers, read);

        assertThat(read).isEqualTo(values);
        for (int i = 0; i < registers.length; i++) {
            assertThat(reg(registers[i])).as(registers[i].name()).isEqualTo(values[i]);
        }
    }

    @Test
    void modeAndMasksEqualSinglesWhateverThePrivilege() {
        engine.set(Reg.PRIMASK, 1);
        engine.set(Reg.BASEPRI, 0x50);
        engine.set(Reg.FAULTMASK, 1);
        engine.enterMode(THREAD | 0x8000_0000, 3, STACK, PROCESS_STACK); // unprivileged, on the process stack
        int[] mode = new int[4];
        int[] masks = new int[3];

        engine.getMode(mode);
        engine.getMasks(masks);

        assertThat(mode).containsExactly(THREAD | 0x8000_0000, 3, STACK, PROCESS_STACK);
        assertThat(masks).containsExactly(1, 0x50, 1);
    }

    @Test
    void singlesAreWhatInstructionsSee() {
        code(
                0xee30, 0x0a20, 0xee10, 0x0a10, 0xeef1, 0x1a10, 0xeee1,
                0x2a10); // vadd s0, s0, s1; vmov r0, s0; vmrs r1; vmsr r2
        engine.enterMode(THREAD, FPCA, STACK, PROCESS_STACK); // otherwise FPDSCR would come in
        engine.set(Reg.S0, 0x3f80_0000); // 1.0
        engine.set(Reg.S1, 0x4000_0000); // 2.0
        engine.set(Reg.FPSCR, 0xa0c0_0000);
        engine.set(Reg.R2, 0x5000_0000);

        run(4);

        assertThat(reg(Reg.R0)).isEqualTo(0x4040_0000); // 3.0
        assertThat(reg(Reg.R1)).isEqualTo(0xa0c0_0000);
        assertThat(reg(Reg.FPSCR)).isEqualTo(0x5000_0000);
        for (int n = 0; n < 32; n++) {
            engine.set(Reg.single(n), 0x1000 + n);
        }
        for (int n = 0; n < 32; n++) {
            assertThat(reg(Reg.single(n))).isEqualTo(0x1000 + n);
        }
    }

    @Test
    void roundingModeIsObeyed() {
        code(0xee80, 0x1a20, 0xee11, 0x0a10); // vdiv.f32 s2, s0, s1; vmov r0, s2
        engine.set(Reg.S0, 0x3f80_0000); // 1.0
        engine.set(Reg.S1, 0x4040_0000); // 3.0
        engine.set(Reg.FPSCR, 1 << 22); // towards plus infinity
        run(2);
        assertThat(reg(Reg.R0)).isEqualTo(0x3eaa_aaab);
        engine.set(Reg.PC, CODE);
        engine.set(Reg.FPSCR, 2 << 22); // towards minus infinity
        run(2);
        assertThat(reg(Reg.R0)).isEqualTo(0x3eaa_aaaa);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "0, 3", "0, 4", "0, 7", "11, 0", "11, 1", "11, 4", "16, 5"})
    void everyModeIsEnteredFromEveryOther(int exception, int control) {
        for (int fromException : new int[] {0, 3}) {
            for (int fromControl = 0; fromControl < 8; fromControl++) {
                engine.enterMode(THREAD | fromException, fromControl, STACK, PROCESS_STACK);
                engine.enterMode(THREAD | exception, control, STACK - 64, PROCESS_STACK - 64);

                String from = "from exception %d, CONTROL %d".formatted(fromException, fromControl);
                assertThat(reg(Reg.XPSR)).as(from).isEqualTo(THREAD | exception);
                assertThat(reg(Reg.CONTROL)).as(from).isEqualTo(control);
                assertThat(reg(Reg.MSP)).as(from).isEqualTo(STACK - 64);
                assertThat(reg(Reg.PSP)).as(from).isEqualTo(PROCESS_STACK - 64);
                boolean process = exception == 0 && (control & SPSEL) != 0;
                assertThat(reg(Reg.SP)).as(from).isEqualTo(process ? PROCESS_STACK - 64 : STACK - 64);
                assertThat(engine.privileged()).as(from).isEqualTo(exception != 0 || (control & NPRIV) == 0);
            }
        }
    }

    @Test
    void handlerModeIgnoresStackSelection() {
        engine.enterMode(THREAD | 11, SPSEL, STACK, PROCESS_STACK);

        assertThat(reg(Reg.SP)).isEqualTo(STACK);
        assertThat(reg(Reg.CONTROL)).isZero();
    }

    @Test
    void modeEnteredIsTheModeThatCodeRunsIn() {
        code(0xb672, 0xf3ef, 0x8010, 0xb662, 0xb401); // cpsid i; mrs r0, primask; cpsie i; push {r0}
        engine.enterMode(THREAD, NPRIV | SPSEL, STACK, PROCESS_STACK);
        run(4);
        assertThat(reg(Reg.R0)).isZero(); // CPS does nothing unprivileged
        assertThat(reg(Reg.PSP)).isEqualTo(PROCESS_STACK - 4);

        engine.enterMode(THREAD | 11, NPRIV, STACK, PROCESS_STACK);
        engine.set(Reg.PC, CODE);
        run(4);
        assertThat(reg(Reg.R0)).isEqualTo(1);
        assertThat(reg(Reg.MSP)).isEqualTo(STACK - 4);
        assertThat(reg(Reg.PRIMASK)).isZero();

        engine.enterMode(THREAD, NPRIV, STACK, PROCESS_STACK);
        engine.set(Reg.PC, CODE);
        run(2);
        assertThat(reg(Reg.R0)).isZero();
    }

    @Test
    void ipsrIsSeenByCode() {
        code(0xf3ef, 0x8005, 0xf3ef, 0x8114); // mrs r0, ipsr; mrs r1, control
        engine.enterMode(THREAD | 42, FPCA, STACK, PROCESS_STACK);

        run(2);

        assertThat(reg(Reg.R0)).isEqualTo(42);
        assertThat(reg(Reg.R1)).isEqualTo(FPCA);
    }

    @Test
    void specialRegistersAreSeenWhileUnprivileged() {
        engine.set(Reg.PRIMASK, 1);
        engine.set(Reg.BASEPRI, 0x40);
        engine.enterMode(THREAD, NPRIV | SPSEL, STACK, PROCESS_STACK);

        assertThat(reg(Reg.MSP)).isEqualTo(STACK);
        assertThat(reg(Reg.PSP)).isEqualTo(PROCESS_STACK);
        assertThat(reg(Reg.PRIMASK)).isEqualTo(1);
        assertThat(reg(Reg.BASEPRI)).isEqualTo(0x40);
        int[] values = new int[3];
        engine.get(new Reg[] {Reg.SP, Reg.MSP, Reg.FAULTMASK}, values);
        assertThat(values).containsExactly(PROCESS_STACK, STACK, 0);

        engine.set(Reg.MSP, STACK - 8);
        engine.set(Reg.PSP, PROCESS_STACK - 8);
        engine.set(Reg.PRIMASK, 0);
        engine.set(Reg.FAULTMASK, 1);
        assertThat(reg(Reg.MSP)).isEqualTo(STACK - 8);
        assertThat(reg(Reg.SP)).isEqualTo(PROCESS_STACK - 8);
        assertThat(reg(Reg.PRIMASK)).isZero();
        assertThat(reg(Reg.FAULTMASK)).isEqualTo(1);
        assertThat(reg(Reg.CONTROL)).isEqualTo(NPRIV | SPSEL);
        assertThat(engine.privileged()).isFalse();
    }

    @Test
    void floatingPointSetsFpca() {
        code(0xee30, 0x0a20); // vadd.f32 s0, s0, s1
        assertThat(reg(Reg.CONTROL)).isZero();

        run(1);

        assertThat(reg(Reg.CONTROL)).isEqualTo(FPCA);
    }

    @Test
    void exclusiveStoreSucceedsUntilTheMonitorIsCleared() {
        code(0xe851, 0x0f00, 0xe841, 0x2300); // ldrex r0, [r1]; strex r3, r2, [r1]
        engine.set(Reg.R1, DATA);
        engine.set(Reg.R2, 9);
        run(2);
        assertThat(reg(Reg.R3)).isZero();
        assertThat(ram.get32(DATA - RAM)).isEqualTo(9);

        engine.set(Reg.PC, CODE);
        engine.set(Reg.R2, 10);
        run(1);
        engine.clearExclusive();
        run(1);
        assertThat(reg(Reg.R3)).isEqualTo(1);
        assertThat(ram.get32(DATA - RAM)).isEqualTo(9);
        assertThat(reg(Reg.R0)).isEqualTo(9);
    }

    @Test
    void savedStateGoesOnInAnotherEngine() {
        code(
                0xe851, 0x0f00, 0x42a4, 0xbf04, 0x3601, 0xe841,
                0x2300); // ldrex; cmp r4, r4; itt eq; addeq r6; strexeq r3, r2, [r1]
        engine.enterMode(THREAD, NPRIV | SPSEL | FPCA, STACK, PROCESS_STACK);
        engine.set(Reg.R1, DATA);
        engine.set(Reg.R2, 9);
        engine.set(Reg.S31, 0x1234);
        engine.set(Reg.BASEPRI, 0x30);
        run(4);
        StateWriter out = new StateWriter();
        engine.save(out);
        String saved = state();
        Ram image = ram;

        powerUp();
        for (int offset = 0; offset < SIZE; offset += 4) {
            ram.put32(offset, image.get32(offset));
        }
        engine.load(new StateReader(out.toByteArray()));

        assertThat(state()).isEqualTo(saved);
        run(1);
        assertThat(reg(Reg.R3)).isZero();
        assertThat(ram.get32(DATA - RAM)).isEqualTo(9);
    }

    @Test
    void enginesDoNotShareAnything() {
        code(0x3601, 0xe7fd); // adds r6, #1; b CODE
        try (CpuEngine other = newEngine(bus)) {
            Ram memory = other.allocate(1024);
            other.map(CODE, memory, 0, 1024, Mapping.READ_WRITE_EXECUTE);
            memory.put16(0, 0x3610); // adds r6, #16
            memory.put16(2, 0xe7fd); // b CODE
            other.enterMode(THREAD, 0, CODE + 1024, 0);
            other.set(Reg.PC, CODE);
            for (int i = 0; i < 10; i++) {
                run(2);
                other.run(other.cycles() + 2);
            }
            assertThat(other.get(Reg.R6)).isEqualTo(160);
        }
        assertThat(reg(Reg.R6)).isEqualTo(10);
        run(2);
        assertThat(reg(Reg.R6)).isEqualTo(11);
    }
}
