// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;
import picorn.emulator.engine.translate.Value.Computed;
import picorn.emulator.engine.translate.Value.Constant;
import picorn.emulator.engine.translate.Value.Local;

/**
 * Evaluates Java methods partially: follows their bytecode with values some of which are known, decides what known ones decide, and
 * writes bytecode for the rest. A branch on an unknown value makes two {@link Path}s, each of which goes on to the end by itself. What
 * fields, elements of arrays and calls are is for subclasses to say.
 *
 * @param <P> what is known on a path
 */
public abstract class Specializer<P extends Path> {
    private static final int MOST_PATHS = 12;
    private static final int MOST_STEPS = 5000;

    /** Where the code goes. */
    protected final Emitter emitter;

    private final Methods methods;
    private final Deque<P> waiting = new ArrayDeque<>();
    private int paths;
    private int steps;

    /** One that writes to {@code emitter} and inlines {@code methods}. */
    protected Specializer(Methods methods, Emitter emitter) {
        this.methods = methods;
        this.emitter = emitter;
    }

    // What subclasses know.

    /** What {@code op} finds in the field of {@code object}. */
    protected abstract Value field(P path, Op op, Value object);

    /** Puts {@code value} into the field of {@code object} that {@code op} names. */
    protected abstract void putField(P path, Op op, Value object, Value value);

    /** The element of an array. */
    protected abstract Value element(P path, Value array, Value index);

    /** Changes the element of an array. */
    protected abstract void putElement(P path, Value array, Value index, Value value);

    /** Deals with a call: {@link #enter}, {@link #push} of a result that is no void, or {@link #end}. The receiver comes first in {@code arguments}. */
    protected abstract void call(P path, Op op, List<Value> arguments);

    /** The path throws an exception. */
    protected abstract void thrown(P path);

    /** The outermost method has returned; {@code last} if no other path is left whose code would follow. */
    protected abstract void returned(P path, boolean last);

    // What they may use.

    /** Evaluates a call of what {@code function} stands for, which is a lambda expression. */
    protected final void evaluate(P path, Object function, List<Value> arguments) {
        paths = 1;
        steps = 0;
        path.frame = null;
        callLambda(path, function, arguments);
        waiting.push(path);
        while (!waiting.isEmpty()) {
            @SuppressWarnings("unchecked")
            P next = waiting.pop();
            if (next.entry != null) {
                emitter.place(next.entry);
                next.beginning.run();
            }
            follow(next);
        }
    }

    /** Whether {@code value} is a lambda expression that is known. */
    protected static boolean isLambda(Value value) {
        return value instanceof Constant known && known.value() != null && Lambdas.isLambda(known.value());
    }

    /** Goes into the method behind a lambda expression. */
    protected final void callLambda(P path, Object function, List<Value> arguments) {
        Lambdas.Target target = Lambdas.of(function);
        List<Value> all = adapted(target, arguments);
        Op op = new Op(INVOKESTATIC, 0, null, target.owner(), target.name(), target.descriptor(), List.of(), List.of());
        if (path.frame == null) {
            enter(path, op.owner(), op, all);
        } else {
            call(path, op, all);
        }
    }

    /** The interface's arguments after those captured, ints widened to long where the method wants that. */
    private static List<Value> adapted(Lambdas.Target target, List<Value> arguments) {
        List<Value> all = new ArrayList<>(target.captured());
        all.addAll(arguments);
        Type[] wanted = Type.getArgumentTypes(target.descriptor());
        for (int k = 0; k < wanted.length; k++) {
            if (wanted[k] == Type.LONG_TYPE && Value.typeOf(all.get(k)) == 'I') {
                all.set(k, unary(plain(I2L), all.get(k)));
            }
        }
        return all;
    }

    /** Goes on in a method, of the class {@code owner}, that {@code op} calls. */
    protected final void enter(P path, String owner, Op op, List<Value> arguments) {
        Code code = code(owner, op);
        if (code.catches()) {
            throw new Unsupported("exception handlers");
        }
        path.frame = new Frame(code, path.frame, arguments);
    }

    /** The method of {@code owner} that {@code op} calls. */
    protected final Code code(String owner, Op op) {
        return methods.find(owner, op.name(), op.descriptor());
    }

    /** Gives the method under way a value. */
    protected final void push(P path, Value value) {
        path.frame.push(value);
    }

    /** Nothing more happens on this path: its code has gone elsewhere. */
    protected final void end(P path) {
        path.frame = null;
    }

    /** A second path, whose code begins at a new label. */
    protected final P fork(P path) {
        if (++paths > MOST_PATHS) {
            throw new Unsupported("too many paths");
        }
        @SuppressWarnings("unchecked")
        P other = (P) path.copy();
        other.entry = new Label();
        waiting.push(other);
        return other;
    }

    /** Makes {@code code} what the code of a path that was forked begins with. */
    protected final void beginWith(P path, Runnable code) {
        path.beginning = code;
    }

    /** Where the code of a path that was forked begins. */
    protected final Label entry(P path) {
        return path.entry;
    }

    /** The value in a place where later changes do not reach it. */
    protected final Value settled(Value value) {
        if (!(value instanceof Computed)) {
            return value;
        }
        Local local = emitter.temporary(Value.typeOf(value));
        emitter.load(value);
        emitter.store(local);
        return local;
    }

    /** Pops what code has pushed. */
    protected final Local popped(char type) {
        Local local = emitter.temporary(type);
        emitter.store(local);
        return local;
    }

    /** Gives {@code local} a value; what still refers to the old one gets a copy. */
    protected final void assign(P path, Local local, Value value) {
        if (value.equals(local)) {
            return;
        }
        if (path.frame != null && path.frame.refersTo(local)) {
            Local copy = emitter.temporary(local.type());
            emitter.load(local);
            emitter.store(copy);
            path.frame.replaceAll(each -> Value.replaced(each, local, copy));
        }
        emitter.load(value);
        emitter.store(local);
    }

    // The JVM's instructions.

    private void follow(P path) {
        while (path.frame != null) {
            if (++steps > MOST_STEPS) {
                throw new Unsupported("too many steps");
            }
            Frame frame = path.frame;
            step(path, frame, frame.code.ops().get(frame.index++));
        }
    }

    private void step(P path, Frame frame, Op op) {
        int opcode = op.opcode();
        if (opcode >= ICONST_M1 && opcode <= ICONST_5) {
            frame.push(new Constant(opcode - ICONST_0));
        } else if (Arithmetic.isBinary(opcode)) {
            Value b = frame.pop();
            frame.push(binary(op, frame.pop(), b));
        } else if (Arithmetic.isUnary(opcode)) {
            frame.push(unary(op, frame.pop()));
        } else if (opcode >= POP && opcode <= SWAP) {
            shuffle(frame, opcode);
        } else if (opcode >= IFEQ && opcode <= IF_ACMPNE || opcode == IFNULL || opcode == IFNONNULL) {
            branch(path, frame, op);
        } else {
            other(path, frame, op);
        }
    }

    private void other(P path, Frame frame, Op op) {
        switch (op.opcode()) {
            case NOP, CHECKCAST -> {}
            case ACONST_NULL -> frame.push(new Constant(null));
            case LCONST_0, LCONST_1 -> frame.push(new Constant((long) op.opcode() - LCONST_0));
            case BIPUSH, SIPUSH -> frame.push(new Constant(op.number()));
            case LDC -> frame.push(new Constant(op.constant()));
            case ILOAD, LLOAD, ALOAD -> frame.push(frame.locals[op.number()]);
            case ISTORE, LSTORE, ASTORE -> frame.locals[op.number()] = settled(frame.pop());
            case IINC -> frame.locals[op.number()] =
                    settled(binary(plain(IADD), frame.locals[op.number()], new Constant(op.constant())));
            case GOTO -> frame.index = op.target();
            case LOOKUPSWITCH -> select(frame, op);
            case GETFIELD -> frame.push(field(path, op, frame.pop()));
            case GETSTATIC -> frame.push(new Computed(op, List.of(), 'A'));
            case IALOAD -> {
                Value index = frame.pop();
                frame.push(element(path, frame.pop(), index));
            }
            default -> effect(path, frame, op);
        }
    }

    private void effect(P path, Frame frame, Op op) {
        switch (op.opcode()) {
            case PUTFIELD -> {
                Value value = frame.pop();
                putField(path, op, frame.pop(), value);
            }
            case IASTORE -> {
                Value value = frame.pop();
                Value index = frame.pop();
                putElement(path, frame.pop(), index, value);
            }
            case INVOKESTATIC, INVOKEVIRTUAL, INVOKEINTERFACE, INVOKESPECIAL -> call(path, op, arguments(frame, op));
            case RETURN -> leave(path, frame);
            case IRETURN, LRETURN, ARETURN -> {
                Value result = frame.pop();
                leave(path, frame);
                if (path.frame != null) {
                    path.frame.push(result);
                }
            }
            case ATHROW -> {
                thrown(path);
                end(path);
            }
            default -> throw new Unsupported("opcode " + op.opcode());
        }
    }

    private void leave(P path, Frame frame) {
        path.frame = frame.caller;
        if (path.frame == null) {
            returned(path, waiting.isEmpty());
        }
    }

    private static List<Value> arguments(Frame frame, Op op) {
        int count = Type.getArgumentTypes(op.descriptor()).length + (op.opcode() == INVOKESTATIC ? 0 : 1);
        List<Value> arguments = frame.stack.subList(frame.stack.size() - count, frame.stack.size());
        List<Value> taken = List.copyOf(arguments);
        arguments.clear();
        return taken;
    }

    private void select(Frame frame, Op op) {
        if (!(frame.pop() instanceof Constant key)) {
            throw new Unsupported("a switch on what is not known");
        }
        frame.index = op.targets().get(op.keys().indexOf(key.number()) + 1);
    }

    /** DUP and the like, by what they do to the top of the stack. */
    private void shuffle(Frame frame, int opcode) {
        frame.stack.replaceAll(this::settled);
        int size = frame.stack.size();
        Value top = frame.stack.get(size - 1);
        switch (opcode) {
            case POP -> frame.pop();
            case DUP -> frame.push(top);
            case DUP_X1 -> frame.stack.add(size - 2, top);
            case DUP_X2 -> frame.stack.add(Value.typeOf(frame.stack.get(size - 2)) == 'J' ? size - 2 : size - 3, top);
            case DUP2 -> {
                if (Value.typeOf(top) != 'J') {
                    frame.push(frame.stack.get(size - 2));
                }
                frame.push(top);
            }
            default -> throw new Unsupported("opcode " + opcode);
        }
    }

    private void branch(P path, Frame frame, Op op) {
        int opcode = op.opcode();
        boolean two = opcode >= IF_ICMPEQ && opcode <= IF_ACMPNE;
        Value b = two ? frame.pop() : new Constant(0);
        Value a = frame.pop();
        if (Value.typeOf(a) == 'I' && a instanceof Constant x && b instanceof Constant y) {
            if (Arithmetic.isTaken(opcode, x.number(), y.number())) {
                frame.index = op.target();
            }
            return;
        }
        P taken = fork(path);
        taken.frame.index = op.target();
        emitter.load(a);
        if (two) {
            emitter.load(b);
        }
        emitter.jump(opcode, taken.entry);
    }

    /** An instruction without operands in its code. */
    protected static Op plain(int opcode) {
        return new Op(opcode, 0, null, "", "", "", List.of(), List.of());
    }

    private static Value unary(Op op, Value a) {
        if (a instanceof Constant known) {
            return new Constant(Arithmetic.unary(op.opcode(), known.value()));
        }
        return new Computed(op, List.of(a), Arithmetic.typeOf(op.opcode()));
    }

    /** What an instruction of two operands makes of them. */
    protected static Value binary(Op op, Value a, Value b) {
        if (a instanceof Constant x && b instanceof Constant y) {
            return new Constant(Arithmetic.binary(op.opcode(), x.value(), y.value()));
        }
        if (a instanceof Constant && Arithmetic.commutes(op.opcode())) {
            return binary(op, b, a);
        }
        if (b instanceof Constant y && Arithmetic.isNeutral(op.opcode(), y.value())) {
            return a;
        }
        return new Computed(op, Arrays.asList(a, b), Arithmetic.typeOf(op.opcode()));
    }
}
