// SPDX-License-Identifier: MIT
package picorn.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.EngineUnavailable;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

/** Makes a test's board when the first of its parameters is asked for, explains failures, and takes the board down. */
final class PicornExtension implements ParameterResolver, InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(PicornExtension.class);

    private static final Map<Class<?>, Function<Board, Object>> PARAMETERS = Map.of(
            Board.class, board -> board,
            Console.class, Board::console,
            Network.class, Board::network,
            Memory.class, Board::memory,
            Registers.class, Board::registers,
            Clock.class, Board::clock);

    /** A board in JUnit's store, which closes it at the end of the test. */
    private record Kept(Board board) implements CloseableResource {
        @Override
        public void close() {
            board.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType())
                && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Kept kept = context.getStore(NAMESPACE).get(Kept.class, Kept.class);
        if (kept == null) {
            kept = new Kept(board(context));
            context.getStore(NAMESPACE).put(Kept.class, kept);
        }
        return PARAMETERS.get(parameter.getParameter().getType()).apply(kept.board());
    }

    private static Board board(ExtensionContext context) {
        PicornTest test = annotation(context);
        BoardModel model = test.socketDevice().isEmpty()
                ? model(test.board())
                : model(test.board()).withSocketDevice(SocketDeviceConfig.parse(test.socketDevice()));
        try {
            Image image = ImageSource.read(test, context.getRequiredTestClass(), model);
            EngineProvider engine = EngineChoice.of(context, test);
            Optional<BootedBoard> booted = test.snapshotAfter().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ofClass(context)
                            .getStore(NAMESPACE)
                            .getOrComputeIfAbsent(
                                    new BootedBoard.Key(test, engine.name()),
                                    key -> BootedBoard.boot(test, model, image, engine),
                                    BootedBoard.class));
            return new Board(test, model, image, engine, booted);
        } catch (BadImage | EngineUnavailable e) {
            throw new ExtensionConfigurationException(e.getMessage(), e);
        }
    }

    /** The context that all tests of a class share. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                ? context
                : ofClass(context.getParent().orElseThrow());
    }

    private static PicornTest annotation(ExtensionContext context) {
        Optional<PicornTest> found =
                AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), PicornTest.class);
        for (Class<?> type = context.getRequiredTestClass();
                found.isEmpty() && type != null;
                type = type.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(type, PicornTest.class);
        }
        return found.orElseThrow(() -> new ExtensionConfigurationException(
                "%s has no @PicornTest; put it on the class or on the method".formatted(context.getDisplayName())));
    }

    private static BoardModel model(String name) {
        List<BoardModel> all = BoardModel.all();
        return all.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ExtensionConfigurationException("there is no board '%s' for @PicornTest; there are: %s"
                                .formatted(
                                        name, all.stream().map(BoardModel::name).collect(Collectors.joining(", ")))));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runTest(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runTest(invocation, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        explain(invocation::proceed, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        explain(invocation::proceed, context);
    }

    private interface Body {
        void run() throws Throwable;
    }

    private static void runTest(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        explain(
                () -> {
                    invocation.proceed();
                    kept(context).ifPresent(Board::finish);
                },
                context);
    }

    private static void explain(Body body, ExtensionContext context) throws Throwable {
        try {
            body.run();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable failure) {
            Optional<Board> board = kept(context);
            throw board.isEmpty() ? failure : explained(failure, board.get(), context);
        }
    }

    private static Throwable explained(Throwable failure, Board board, ExtensionContext context) {
        return BoardFailure.explained(failure, Situation.of(board, Artifacts.write(context, board)));
    }

    private static Optional<Board> kept(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Kept.class, Kept.class))
                .map(Kept::board);
    }
}
