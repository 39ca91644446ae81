// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;

/** Makes one invocation of a test for each engine. */
final class EngineTemplate implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(AllEngines.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        List<EngineProvider> engines = Engines.all();
        if (engines.isEmpty()) {
            throw EngineChoice.none();
        }
        return engines.stream().map(OnEngine::new);
    }

    private record OnEngine(EngineProvider engine) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return engine.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            BeforeEachCallback choose = context -> EngineChoice.set(context, engine);
            return List.of(choose);
        }
    }
}
