// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import static org.objectweb.asm.Opcodes.*;

/** What the JVM's arithmetic makes of known numbers (Java Virtual Machine Specification, 6.5). */
final class Arithmetic {
    private Arithmetic() {}

    /** Whether the opcode takes two numbers and gives one. */
    static boolean isBinary(int opcode) {
        return opcode >= IADD && opcode <= LXOR && opcode != INEG && opcode != LNEG && typeOf(opcode) != 0
                || opcode == LCMP;
    }

    /** Whether the opcode takes one number and gives one. */
    static boolean isUnary(int opcode) {
        return switch (opcode) {
            case INEG, LNEG, I2L, L2I, I2B, I2C, I2S -> true;
            default -> false;
        };
    }

    /** I or J: the type of the result; 0 for floating point. */
    static char typeOf(int opcode) {
        return switch (opcode) {
            case IADD, ISUB, IMUL, IDIV, IREM, INEG, ISHL, ISHR, IUSHR, IAND, IOR, IXOR -> 'I';
            case L2I, I2B, I2C, I2S, LCMP -> 'I';
            case LADD, LSUB, LMUL, LDIV, LREM, LNEG, LSHL, LSHR, LUSHR, LAND, LOR, LXOR, I2L -> 'J';
            default -> 0;
        };
    }

    static Object unary(int opcode, Object a) {
        return switch (opcode) {
            case INEG -> -(Integer) a;
            case LNEG -> -(Long) a;
            case I2L -> (long) (Integer) a;
            case L2I -> (int) (long) (Long) a;
            case I2B -> (int) (byte) (int) (Integer) a;
            case I2C -> (int) (char) (int) (Integer) a;
            default -> (int) (short) (int) (Integer) a;
        };
    }

    static Object binary(int opcode, Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? ofLongs(opcode, x, y) : shifted(opcode, x, (Integer) b);
        }
        return ofInts(opcode, (Integer) a, (Integer) b);
    }

    private static Object ofInts(int opcode, int a, int b) {
        return switch (opcode) {
            case IADD -> a + b;
            case ISUB -> a - b;
            case IMUL -> a * b;
            case IDIV -> a / b;
            case IREM -> a % b;
            case ISHL -> a << b;
            case ISHR -> a >> b;
            case IUSHR -> a >>> b;
            case IAND -> a & b;
            case IOR -> a | b;
            default -> a ^ b;
        };
    }

    private static Object shifted(int opcode, long a, int b) {
        return switch (opcode) {
            case LSHL -> a << b;
            case LSHR -> a >> b;
            default -> a >>> b;
        };
    }

    private static Object ofLongs(int opcode, long a, long b) {
        return switch (opcode) {
            case LADD -> a + b;
            case LSUB -> a - b;
            case LMUL -> a * b;
            case LDIV -> a / b;
            case LREM -> a % b;
            case LAND -> a & b;
            case LOR -> a | b;
            case LCMP -> Long.compare(a, b);
            default -> a ^ b;
        };
    }

    /** Whether the branch with this opcode, of one number or of two ({@code b} is 0 for one), is taken. */
    static boolean isTaken(int opcode, int a, int b) {
        return switch (opcode) {
            case IFEQ, IF_ICMPEQ -> a == b;
            case IFNE, IF_ICMPNE -> a != b;
            case IFLT, IF_ICMPLT -> a < b;
            case IFGE, IF_ICMPGE -> a >= b;
            case IFGT, IF_ICMPGT -> a > b;
            default -> a <= b;
        };
    }

    /** Whether the result is the first operand when the second is {@code b}. */
    static boolean isNeutral(int opcode, Object b) {
        return switch (opcode) {
            case IADD, ISUB, IOR, IXOR, ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> b.equals(0);
            case LADD, LSUB, LOR, LXOR -> b.equals(0L);
            case IAND -> b.equals(-1);
            case IMUL -> b.equals(1);
            default -> false;
        };
    }

    static boolean commutes(int opcode) {
        return switch (opcode) {
            case IADD, IMUL, IAND, IOR, IXOR, LADD, LMUL, LAND, LOR, LXOR -> true;
            default -> false;
        };
    }
}
