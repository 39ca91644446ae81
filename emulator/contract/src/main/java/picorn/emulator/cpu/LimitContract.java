// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/** An engine does what the architecture demands, or declares that it does not: no more and no less than is true. */
public abstract class LimitContract extends EngineContract {
    @Test
    void divisionByZero() {
        code(0xfbb1, 0xf0f2, 0xbf00); // udiv r0, r1, r2
        engine.set(Reg.R0, 5);
        engine.context(new Context(Context.Fp.ENABLED, true, false, Protection.NONE));

        assertDeclared(Limit.DIVIDE_BY_ZERO_NOT_TRAPPED, faultOf(run(1)) != Fault.DIVIDE_BY_ZERO);
    }

    @Test
    void unalignedAccess() {
        code(0x6808, 0xbf00); // ldr r0, [r1]
        engine.set(Reg.R1, DATA + 1);
        engine.context(new Context(Context.Fp.ENABLED, false, true, Protection.NONE));

        assertDeclared(Limit.UNALIGNED_NOT_TRAPPED, faultOf(run(1)) != Fault.UNALIGNED);
    }

    @Test
    void unalignedMultipleLoad() {
        code(0xe891, 0x0005, 0xbf00); // ldm r1, {r0, r2}
        engine.set(Reg.R1, DATA + 1);

        assertDeclared(Limit.UNALIGNED_NOT_TRAPPED, faultOf(run(1)) != Fault.UNALIGNED);
    }

    @Test
    void floatingPointThatIsDenied() {
        code(0xee30, 0x0a20, 0xbf00); // vadd.f32 s0, s0, s1
        engine.context(Context.RESET);

        assertDeclared(Limit.FP_ALWAYS_ENABLED, faultOf(run(1)) != Fault.NO_COPROCESSOR);
    }

    @Test
    void protectedMemory() {
        code(0x6808, 0xbf00); // ldr r0, [r1]
        engine.set(Reg.R1, DATA);
        engine.context(
                new Context(Context.Fp.ENABLED, false, false, (address, access, privileged) -> access != Access.READ));

        assertDeclared(Limit.PROTECTION_OF_MEMORY_UNSEEN, faultOf(run(1)) != Fault.READ_PROTECTION);
    }

    @Test
    void codeInExternalMemoryThatTheMpuAllows() {
        int external = 0xC000_0000;
        engine.map(external, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        code(0x3601, 0xbf00); // adds r6, #1; nop
        engine.set(Reg.PC, external + CODE - RAM);
        run(1);

        assertDeclared(Limit.EXECUTE_NEVER_FIXED, reg(Reg.R6) != 1);
    }

    @Test
    void storeThroughAnAlias() {
        int alias = 0x6000_0000;
        engine.map(alias, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        code(0x3601, 0xdf00); // adds r6, #1; svc #0
        run(2);
        codeAt(CODE + 0x100, 0x8008, 0xf3bf, 0x8f6f, 0xdf00); // strh r0, [r1]; isb; svc #0
        engine.set(Reg.PC, CODE + 0x100);
        engine.set(Reg.R0, 0x3610); // adds r6, #16
        engine.set(Reg.R1, alias + CODE - RAM);
        run(100);
        restart();
        run(2);

        assertDeclared(Limit.ALIASED_CODE_WRITES_UNSEEN, reg(Reg.R6) != 16);
    }

    @Test
    void loadFromWatchedMemoryWhereCodeRuns() {
        code(0x4801, 0xbf00, 0xe7fe, 0xbf00, 0x5678, 0x1234); // ldr r0, [pc, #4]; nop; b .
        bus.shows(RAM, ram);
        engine.watch(CODE, 1024);
        run(2);

        assertDeclared(Limit.WATCHED_CODE_LOADS_UNSEEN, bus.accesses().isEmpty());
    }

    @Test
    void sendEvent() {
        code(0xbf40, 0xbf00); // sev

        assertDeclared(Limit.SEV_UNSEEN, run(1).reason() != Reason.SEV);
    }

    private static Fault faultOf(Stop stop) {
        return stop.reason() == Reason.FAULT ? stop.fault() : Fault.NONE;
    }

    private void assertDeclared(Limit limit, boolean observed) {
        assertThat(engine.limits().contains(limit)).as("%s is declared", limit).isEqualTo(observed);
    }
}
