// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Emitter;
import picorn.emulator.engine.translate.Methods;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/**
 * Writes the class of a {@link Translated}. Registers are local variables, loaded where it is entered and stored where it is left; each block
 * takes the cycles of all of its instructions beforehand and leaves if there are not as many.
 */
final class UnitWriter {
    private static final String CORE = Type.getInternalName(Core.class);
    private static final String UNIT = Type.getInternalName(Translated.class);
    private static final String NAME = UNIT + "$Region";
    private static final String RUN = "(L" + CORE + ";)V";
    private static final String CONSTRUCTOR =
            Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(Instruction[].class));

    private final Region region;
    private final List<Block> written;
    private final NotTranslated notTranslated;
    private final Methods methods;
    private final Map<Block.Place, Label> blocks = new HashMap<>();
    private final List<Runnable> stubs = new ArrayList<>();
    final List<Instruction> interpreted = new ArrayList<>();
    private final Label exit = new Label();
    private final Label aborted = new Label();
    private Emitter emitter;
    private CoreState state;
    private Block underWay;
    private int size;

    /** Writes {@code written}, which are the first blocks of {@code region}. */
    UnitWriter(Region region, List<Block> written, Methods methods, NotTranslated notTranslated) {
        this.region = region;
        this.written = written;
        this.methods = methods;
        this.notTranslated = notTranslated;
    }

    /** The class file. */
    byte[] write() {
        ClassWriter file = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        file.visit(V17, ACC_FINAL | ACC_SUPER, NAME, null, UNIT, null);
        writeConstructor(file);
        MethodVisitor out = file.visitMethod(0, "run", RUN, null, null);
        out.visitCode();
        emitter = new Emitter(out, Variables.FIRST_TEMPORARY);
        state = new CoreState(emitter);
        writeBody();
        out.visitMaxs(0, 0);
        out.visitEnd();
        file.visitEnd();
        return file.toByteArray();
    }

    /** Octets of the method's code. */
    int size() {
        return size;
    }

    private static void writeConstructor(ClassWriter file) {
        MethodVisitor out = file.visitMethod(0, "<init>", CONSTRUCTOR, null, null);
        out.visitCode();
        out.visitVarInsn(ALOAD, 0);
        out.visitVarInsn(ALOAD, 1);
        out.visitMethodInsn(INVOKESPECIAL, UNIT, "<init>", CONSTRUCTOR, false);
        out.visitInsn(RETURN);
        out.visitMaxs(0, 0);
        out.visitEnd();
    }

    private void writeBody() {
        // the beginning is written last, when it is known which registers there are to load
        Label entry = new Label();
        emitter.jump(GOTO, entry);
        written.forEach(block -> blocks.put(block.place(), new Label()));
        Label start = blocks.get(written.get(0).place());
        InstructionTranslator translator = new InstructionTranslator(this, methods, emitter);
        for (Block block : written) {
            writeBlock(block, translator);
        }
        for (int k = 0; k < stubs.size(); k++) {
            stubs.get(k).run();
        }
        emitter.place(aborted);
        state.takePlace();
        emitter.place(exit);
        state.leave();
        emitter.place(entry);
        state.enter();
        emitter.jump(GOTO, start);
        size = placed().getOffset();
    }

    private Label placed() {
        Label here = new Label();
        emitter.place(here);
        return here;
    }

    private void writeBlock(Block block, InstructionTranslator translator) {
        int count = block.instructions().size();
        underWay = block;
        emitter.place(blocks.get(block.place()));
        emitter.increment(Variables.LEFT, -count);
        emitter.load(Variables.LEFT);
        emitter.jump(IFLT, exitTo(new Constant(block.address()), 0, count));
        translator.beginBlock();
        int it = 0;
        for (int k = 0; k < count; k++) {
            Instruction i = block.instructions().get(k);
            it = write(i, it, count - 1 - k, translator);
        }
        emitter.jump(GOTO, labelOf(new Block.Place(block.end(), block.site())));
    }

    /** Returns ITSTATE after it. */
    private int write(Instruction i, int it, int after, InstructionTranslator translator) {
        emitter.forgetTemporaries();
        Label end = new Label();
        if (it != 0) {
            Label passed = new Label();
            state.jumpIf(it >> 4, translator.comparedFlags(), passed);
            emitter.increment(Variables.LEFT, 1);
            emitter.jump(GOTO, end);
            emitter.place(passed);
        }
        int nextIt = Core.itAdvance(it);
        if (notTranslated.contains(i.encoding)) {
            interpret(i, it, nextIt, after);
            translator.beginBlock();
        } else {
            nextIt = translate(i, it, after, translator, end);
        }
        emitter.place(end);
        return nextIt;
    }

    private int translate(Instruction i, int it, int after, InstructionTranslator translator, Label end) {
        try {
            return translator.translate(i, it, after, end);
        } catch (Unsupported reason) {
            notTranslated.add(i.encoding, reason);
            throw reason;
        }
    }

    /** Leaves an instruction to its meaning, as the interpreter does. */
    private void interpret(Instruction i, int it, int nextIt, int after) {
        state.storeAll();
        callInterpreted(i, it, after);
        state.returnIfAborted();
        state.loadAll();
        Value.Local next = state.coreNext();
        Label elsewhere = exitTo(next, nextIt, after);
        emitter.load(next);
        emitter.load(i.address + i.length);
        emitter.jump(IF_ICMPNE, elsewhere);
        state.jumpIfEvent(elsewhere);
    }

    /** Calls the interpreter's way of a load or store of several registers, and goes on with what follows if nothing is the matter. */
    void interpretMany(Instruction i, int it, int after, Label end) {
        int base = i.n == Core.ZERO ? Core.SP : i.n; // PUSH and POP name none
        int list = (i.list | 1 << base) & (1 << Variables.REGISTERS) - 1;
        state.store(list);
        callInterpreted(i, it, after);
        state.load(list);
        state.jumpIfAborted(IFNE, aborted);
        Value.Local next = state.coreNext();
        Label elsewhere = exitTo(next, Core.itAdvance(it), after);
        emitter.load(next);
        emitter.load(i.address + i.length);
        emitter.jump(IF_ICMPNE, elsewhere);
        state.jumpIfEvent(elsewhere);
        emitter.jump(GOTO, end);
    }

    /** Calls the interpreter's way of an instruction, whose registers are where it wants them. */
    private void callInterpreted(Instruction i, int it, int after) {
        emitter.load(Variables.CORE);
        emitter.load(Variables.UNIT);
        emitter.out().visitFieldInsn(GETFIELD, UNIT, "interpreted", Type.getDescriptor(Instruction[].class));
        emitter.load(interpreted.size());
        interpreted.add(i);
        emitter.out().visitInsn(AALOAD);
        emitter.load(it);
        state.loadLeft(after + 1);
        emitter.call(Leaving.class, "execute", "(L" + CORE + ";" + Type.getDescriptor(Instruction.class) + "II)V");
    }

    /** Goes where the branch or call at the end of the block under way does, to {@code address}, where no IT block is under way. */
    void goTo(int address) {
        Optional<Label> known =
                underWay.target().filter(place -> place.address() == address).map(this::labelOf);
        emitter.jump(GOTO, known.orElseGet(() -> exitTo(new Constant(address), 0, 0)));
    }

    /** Where a block begins, or what leaves to its address. */
    private Label labelOf(Block.Place place) {
        Label block = blocks.get(place);
        return block != null ? block : exitTo(new Constant(place.address()), 0, 0);
    }

    /** Where the unit is left because an instruction was not completed. */
    Label aborted() {
        return aborted;
    }

    /** Where a table branch goes, or the code under way returns to, by address, as far as it is known here. */
    SortedMap<Integer, Label> likelyTargets(Instruction i) {
        Stream<Block.Place> targets = Flow.isTableBranch(i)
                ? region.tables.getOrDefault(i.address, List.of()).stream()
                        .map(target -> new Block.Place(target, underWay.site()))
                : underWay.site().back().stream();
        SortedMap<Integer, Label> labels = new TreeMap<>();
        targets.filter(blocks::containsKey).forEach(target -> labels.put(target.address(), blocks.get(target)));
        return labels;
    }

    /** What stands at an address and cannot be changed by instructions. */
    Integer literal(int address) {
        return region.literals.get(address);
    }

    /** What leaves the unit to {@code pc}, with {@code credit} cycles of its block not taken. */
    Label exitTo(Value pc, int it, int credit) {
        return stub(() -> leaveTo(pc, it, credit));
    }

    /** Leaves the unit here. */
    void leaveTo(Value pc, int it, int credit) {
        emitter.load(pc);
        emitter.store(Variables.PC);
        emitter.increment(Variables.LEFT, credit);
        state.storeItUnlessZero(it);
        emitter.jump(GOTO, exit);
    }

    /** Puts code where it is not in the way. */
    Label stub(Runnable code) {
        Label label = new Label();
        stubs.add(() -> {
            emitter.place(label);
            code.run();
        });
        return label;
    }

    CoreState state() {
        return state;
    }
}
