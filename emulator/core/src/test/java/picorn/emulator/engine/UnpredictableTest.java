// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.engine.EngineRig.CODE;
import static picorn.emulator.engine.EngineRig.DATA;

import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** The engine does what its list of UNPREDICTABLE instructions says. */
class UnpredictableTest {
    private static final int NOP = 0xbf00;
    private static final int MOVES = 0x0100_0000;
    private static final int THREAD = 1 << 24;
    private static final int SP = 0x2000_0700;

    private final EngineRig rig = new EngineRig();

    @ParameterizedTest
    @EnumSource
    void exampleDoesWhatTheListSays(Unpredictable each) {
        boolean wide = each.example >>> 16 != 0;
        rig.code(wide ? each.example >>> 16 : each.example, wide ? each.example & 0xffff : NOP);
        fill();

        Stop stop = rig.run(1);

        String left = stop.fault() == Stop.Fault.UNDEFINED_INSTRUCTION ? "UNDEFINED" : changes(wide ? 4 : 2);
        assertThat(left).as(each.description).isEqualTo(each.leaves);
    }

    @ParameterizedTest
    @EnumSource
    void exampleIsOfItsCase(Unpredictable each) {
        boolean wide = each.example >>> 16 != 0;
        Encoding encoding = Encodings.CORTEX_M4.of(each.example, wide);
        assertThat(each.is(new Instruction(encoding, each.example, CODE, false)))
                .as(encoding.toString())
                .isTrue();
    }

    @Test
    void anItBlockGoesOnAtTheTargetOfABranch() {
        rig.code(0xbf04, 0xe001, NOP, NOP, 0x3001).set(Reg.XPSR, 0x4100_0000); // itt eq; beq +6; nop; nop; addeq r0, #1
        rig.run(3);
        assertThat(rig.get(Reg.R0)).isEqualTo(1);
        assertThat(rig.get(Reg.XPSR)).as("no flags set, no IT state left").isEqualTo(0x4100_0000);
    }

    @Test
    void ordinaryInstructionsAreOfNoCase() {
        int[] ordinary = {
            0x4608, 0xb403, 0xbd01, 0xc903, 0x4548, 0xb662, 0xbf08, 0x4478, // adds PC to r0, which is allowed
        };
        for (int code : ordinary) {
            Instruction i = new Instruction(Encodings.CORTEX_M4.of(code, false), code, CODE, false);
            assertThat(Unpredictable.isUndefined(i)).as(i.toString()).isFalse();
        }
    }

    private void fill() {
        for (int k = 0; k <= 12; k++) {
            rig.set(Reg.core(k), DATA + 16 * k);
        }
        rig.set(Reg.SP, SP);
        for (int address = DATA; address < EngineRig.STACK; address += 4) {
            rig.word(address, address + MOVES);
        }
    }

    private String changes(int length) {
        StringJoiner changes = new StringJoiner(" ");
        for (int k = 0; k <= 12; k++) {
            changed(changes, Reg.core(k), DATA + 16 * k);
        }
        changed(changes, Reg.SP, SP);
        changed(changes, Reg.LR, 0);
        changed(changes, Reg.PC, CODE + length);
        for (int k = 0; k < 32; k++) {
            changed(changes, Reg.single(k), 0);
        }
        changed(changes, Reg.XPSR, THREAD);
        for (int address = DATA; address < EngineRig.STACK; address += 4) {
            if (rig.word(address) != address + MOVES) {
                changes.add("[%x]=%x".formatted(address, rig.word(address)));
            }
        }
        return changes.toString();
    }

    private void changed(StringJoiner changes, Reg register, int before) {
        int value = rig.get(register);
        if (value != before) {
            changes.add("%s=%08x".formatted(register, value));
        }
    }
}
