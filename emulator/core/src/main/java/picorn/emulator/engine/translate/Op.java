// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.util.List;

/**
 * One instruction of a Java method (Java Virtual Machine Specification, chapter 6): its opcode, and those of the operands that it has.
 *
 * @param opcode as in {@link org.objectweb.asm.Opcodes}
 * @param number a local variable, or an immediate number
 * @param constant what LDC loads; null for others
 * @param owner the internal name of the class whose member it names, or of the type that it names
 * @param name of the member
 * @param descriptor of the member
 * @param targets indexes of the instructions it may go to; of a switch, the default first
 * @param keys of a switch, in the order of {@code targets}
 */
public record Op(
        int opcode,
        int number,
        Object constant,
        String owner,
        String name,
        String descriptor,
        List<Integer> targets,
        List<Integer> keys) {
    /** The instruction it goes to. */
    public int target() {
        return targets.get(0);
    }
}
