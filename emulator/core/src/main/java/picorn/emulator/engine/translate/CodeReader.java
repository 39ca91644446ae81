// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes a {@link Code} of what a class file's reader visits. */
final class CodeReader extends MethodVisitor {
    private final String owner;
    private final int access;
    private final String name;
    private final String descriptor;
    private final Consumer<Code> result;
    private final List<Raw> raw = new ArrayList<>();
    private final Map<Label, Integer> places = new HashMap<>();
    private int locals;
    private boolean catches;

    private record Raw(Op op, List<Label> labels) {}

    CodeReader(String owner, int access, String name, String descriptor, Consumer<Code> result) {
        super(Opcodes.ASM9);
        this.owner = owner;
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.result = result;
    }

    private void add(int opcode, int number, Object constant, String of, String member, String type) {
        raw.add(new Raw(new Op(opcode, number, constant, of, member, type, List.of(), List.of()), List.of()));
    }

    private void addJump(int opcode, List<Integer> keys, List<Label> labels) {
        raw.add(new Raw(new Op(opcode, 0, null, "", "", "", List.of(), keys), labels));
    }

    @Override
    public void visitInsn(int opcode) {
        add(opcode, 0, null, "", "", "");
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        add(opcode, operand, null, "", "", "");
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        add(opcode, variable, null, "", "", "");
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        add(opcode, 0, null, type, "", "");
    }

    @Override
    public void visitFieldInsn(int opcode, String of, String field, String type) {
        add(opcode, 0, null, of, field, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String of, String method, String type, boolean isInterface) {
        add(opcode, isInterface ? 1 : 0, null, of, method, type);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
        add(Opcodes.INVOKEDYNAMIC, 0, null, "", method, type);
    }

    @Override
    public void visitLdcInsn(Object value) {
        add(Opcodes.LDC, 0, value, "", "", "");
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        add(Opcodes.IINC, variable, increment, "", "", "");
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        addJump(opcode, List.of(), List.of(label));
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        List<Integer> keys = new ArrayList<>();
        for (int key = min; key <= max; key++) {
            keys.add(key);
        }
        addSwitch(keys, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        addSwitch(Arrays.stream(keys).boxed().toList(), otherwise, labels);
    }

    private void addSwitch(List<Integer> keys, Label otherwise, Label[] labels) {
        List<Label> all = new ArrayList<>();
        all.add(otherwise);
        all.addAll(Arrays.asList(labels));
        addJump(Opcodes.LOOKUPSWITCH, keys, all);
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        add(Opcodes.MULTIANEWARRAY, dimensions, null, type, "", "");
    }

    @Override
    public void visitLabel(Label label) {
        places.put(label, raw.size());
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        catches = true;
    }

    @Override
    public void visitMaxs(int stack, int variables) {
        locals = variables;
    }

    @Override
    public void visitEnd() {
        List<Op> ops = raw.stream().map(this::resolved).toList();
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        boolean isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
        result.accept(new Code(owner, name, descriptor, isStatic, isPrivate, locals, catches, ops));
    }

    private Op resolved(Raw each) {
        Op op = each.op;
        List<Integer> targets = each.labels.stream().map(places::get).toList();
        return new Op(
                op.opcode(), op.number(), op.constant(), op.owner(), op.name(), op.descriptor(), targets, op.keys());
    }
}
