// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes bytecode that computes {@link Value}s. */
public final class Emitter {
    private final MethodVisitor out;
    private final int firstTemporary;
    private int nextTemporary;

    /** Writes to {@code out}, with temporary values in local variables from {@code firstTemporary} on. */
    public Emitter(MethodVisitor out, int firstTemporary) {
        this.out = out;
        this.firstTemporary = firstTemporary;
        nextTemporary = firstTemporary;
    }

    /** Where the code goes. */
    public MethodVisitor out() {
        return out;
    }

    /** No temporary value is needed any more. */
    public void forgetTemporaries() {
        nextTemporary = firstTemporary;
    }

    /** A local variable that is free until {@link #forgetTemporaries}. */
    public Value.Local temporary(char type) {
        Value.Local local = new Value.Local(nextTemporary, type);
        nextTemporary += type == 'J' ? 2 : 1;
        return local;
    }

    /** Pushes a value. */
    public void load(Value value) {
        if (value instanceof Value.Local local) {
            out.visitVarInsn(
                    local.type() == 'I' ? Opcodes.ILOAD : local.type() == 'J' ? Opcodes.LLOAD : Opcodes.ALOAD,
                    local.number());
        } else if (value instanceof Value.Computed computed) {
            computed.operands().forEach(this::load);
            write(computed.op());
        } else {
            loadConstant(((Value.Constant) value).value());
        }
    }

    private void loadConstant(Object value) {
        if (value instanceof Integer number) {
            load((int) number);
        } else if (value instanceof Boolean truth) {
            load(truth ? 1 : 0);
        } else if (value instanceof Long number) {
            out.visitLdcInsn(number);
        } else {
            throw new Unsupported("an object as a value");
        }
    }

    /** Pushes a number. */
    public void load(int number) {
        if (number >= -1 && number <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number == (byte) number) {
            out.visitIntInsn(Opcodes.BIPUSH, number);
        } else if (number == (short) number) {
            out.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            out.visitLdcInsn(number);
        }
    }

    /** Pops into a local variable. */
    public void store(Value.Local local) {
        out.visitVarInsn(
                local.type() == 'I' ? Opcodes.ISTORE : local.type() == 'J' ? Opcodes.LSTORE : Opcodes.ASTORE,
                local.number());
    }

    /** Writes an instruction whose operands have been pushed. */
    public void write(Op op) {
        switch (op.opcode()) {
            case Opcodes.GETFIELD, Opcodes.PUTFIELD, Opcodes.GETSTATIC -> out.visitFieldInsn(
                    op.opcode(), op.owner(), op.name(), op.descriptor());
            case Opcodes.INVOKESTATIC, Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE, Opcodes.INVOKESPECIAL -> out
                    .visitMethodInsn(op.opcode(), op.owner(), op.name(), op.descriptor(), op.number() != 0);
            default -> out.visitInsn(op.opcode());
        }
    }

    /** Calls a static method. */
    public void call(Class<?> owner, String name, String descriptor) {
        out.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(owner), name, descriptor, false);
    }

    /** Jumps, perhaps. */
    public void jump(int opcode, Label label) {
        out.visitJumpInsn(opcode, label);
    }

    /** Adds to a local variable. */
    public void increment(Value.Local local, int by) {
        if (by == (short) by) {
            if (by != 0) {
                out.visitIincInsn(local.number(), by);
            }
        } else {
            load(local);
            load(by);
            out.visitInsn(Opcodes.IADD);
            store(local);
        }
    }

    /** Stands for the next instruction. */
    public void place(Label label) {
        out.visitLabel(label);
    }
}
