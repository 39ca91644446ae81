// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.RAM;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.mov;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.skipFaultingInstruction;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.vmov;
import static picorn.emulator.core.Instructions.wfe;
import static picorn.emulator.core.Instructions.wfi;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.Reg;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** What is saved at any instruction and loaded into a fresh machine goes on in the same way. */
class SavedCoreTest {
    private static final int INSTRUCTIONS = 120;

    /** Everything that has state at once: nested handlers, lazy FP, MPU, SysTick, CYCCNT, a level-sensitive line, sleep. */
    private static CoreRig program() {
        CoreRig rig = new CoreRig().enableFaults().enableFpu();
        rig.thread(
                mov(Reg.FPSCR, 0x0040_0000),
                vmov(Reg.S1, 0x111),
                str(SCS + 0xDFC, 1 << 24),
                str(0xE000_1000, 1),
                str(SCS + 0x14, 12),
                str(SCS + 0x10, 7),
                str(SCS + 0x200, 1),
                wfe(),
                wfi(),
                ldr(CoreRig.NOTHING),
                ldr(0xE000_1004),
                bx(THREAD + 12 | 1));
        rig.interrupt(0, 0x40).interrupt(1, 0x20).write(SCS + 0xD20, 0x80_80 << 16);
        rig.handler(irq(0), str(SCS + 0x200, 2), nop(), bxLr());
        rig.handler(irq(1), vmov(Reg.S1, 0x222), str(SCS + 0xD04, 1 << 28), bxLr());
        rig.handler(PENDSV, nop(), nop(), bxLr());
        rig.handler(SYSTICK, str(RAM, 3), bxLr());
        rig.handler(BUS_FAULT, skipFaultingInstruction(), bxLr());
        rig.write(SCS + 0xD94, 5).write(SCS + 0xD9C, RAM | 1 << 4).write(SCS + 0xDA0, 3 << 24 | 15 << 1 | 1);
        return rig;
    }

    /** What can be seen of a machine. */
    private static List<Object> look(CoreRig rig) {
        return List.of(
                rig.machine.now(),
                Arrays.stream(Reg.values()).map(rig::get).toList(),
                rig.core.sleep(),
                rig.core.exceptionsTaken(),
                rig.core.currentException(),
                rig.core.faultStatus(),
                rig.machine.events().next(),
                rig.core.blocks().stream()
                        .map(block -> block.registers().stream()
                                .map(register -> register.peek())
                                .toList())
                        .toList());
    }

    private static byte[] save(CoreRig rig) {
        StateWriter out = new StateWriter();
        rig.machine.save(out);
        byte[] memory = new byte[CoreRig.RAM_SIZE];
        rig.ram.read(0, memory, 0, memory.length);
        out.octets(memory);
        return out.toByteArray();
    }

    private static void load(CoreRig rig, byte[] state) {
        StateReader in = new StateReader(state);
        rig.machine.load(in);
        byte[] memory = new byte[CoreRig.RAM_SIZE];
        in.octets(memory);
        rig.ram.write(0, memory, 0, memory.length);
    }

    @Test
    void aMachineRestoredAtAnyInstructionGoesOnTheSame() {
        for (int at = 0; at < INSTRUCTIONS; at++) {
            CoreRig original = program();
            original.machine.run((long) at * MICROSECOND);
            CoreRig restored = program();
            load(restored, save(original));
            assertThat(look(restored)).as("at %d", at).isEqualTo(look(original));
            for (int i = at; i < INSTRUCTIONS; i += 7) {
                original.machine.run((long) i * MICROSECOND);
                restored.machine.run((long) i * MICROSECOND);
                assertThat(look(restored)).as("saved at %d, at %d", at, i).isEqualTo(look(original));
            }
        }
    }

    @Test
    void theProgramReachesWhatItIsMeantToReach() {
        CoreRig rig = program();
        rig.machine.run((long) INSTRUCTIONS * MICROSECOND);
        assertThat(rig.core.exceptionsTaken()).isGreaterThan(20);
        assertThat(rig.core.faultStatus().cfsr() & 1 << 9).isNotZero();
        assertThat(rig.word(RAM)).isEqualTo(3);
        assertThat(rig.core.lockedUp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLevelSensitiveLineKeepsItsLevel(boolean high) {
        CoreRig original = new CoreRig().interrupt(3, 0x10);
        original.exceptions.line(3).set(true);
        original.take();
        original.exceptions.line(3).set(high);
        CoreRig restored = new CoreRig();
        load(restored, save(original));
        restored.step();
        assertThat(restored.ipsr()).isEqualTo(high ? irq(3) : 0);
    }

    @Test
    void theEngineIsToldTheContextThatWasLoaded() {
        CoreRig original = new CoreRig().enableFpu().write(SCS + 0xD94, 5).write(SCS + 0xD14, 0x210);
        CoreRig restored = new CoreRig().step();
        load(restored, save(original));
        restored.take();
        assertThat(restored.engine.context().fp()).isEqualTo(Context.Fp.ENABLED);
        assertThat(restored.engine.context().divideByZeroTraps()).isTrue();
        assertThat(restored.engine.context().protection().allows(RAM, Access.READ, false))
                .isFalse();
        assertThat(restored.engine.context().protection().allows(RAM, Access.READ, true))
                .isTrue();
    }

    @Test
    void aLockedUpCoreStaysLockedUp() {
        CoreRig original =
                new CoreRig().set(Reg.FAULTMASK, 1).thread(Instructions.udf()).step();
        CoreRig restored = new CoreRig();
        load(restored, save(original));
        assertThat(restored.core.lockedUp()).isTrue();
    }
}
