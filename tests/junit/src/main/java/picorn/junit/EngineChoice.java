// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.EngineUnavailable;
import picorn.emulator.cpu.Engines;

/**
 * Which engine a test runs on: that of its invocation, else of its annotation, else of the configuration parameter, which JUnit takes
 * from its launcher, the system properties or junit-platform.properties, else the first.
 */
final class EngineChoice {
    private static final Namespace NAMESPACE = Namespace.create(EngineChoice.class);
    private static final String PROPERTY = "picorn.engine";

    private EngineChoice() {}

    static void set(ExtensionContext context, EngineProvider engine) {
        context.getStore(NAMESPACE).put(EngineProvider.class, engine);
    }

    static EngineProvider of(ExtensionContext context, PicornTest test) {
        return named(context, test).timed(test.timing());
    }

    private static EngineProvider named(ExtensionContext context, PicornTest test) {
        EngineProvider chosen = context.getStore(NAMESPACE).get(EngineProvider.class, EngineProvider.class);
        if (chosen != null) {
            return chosen;
        }
        String name = test.engine().isEmpty()
                ? context.getConfigurationParameter(PROPERTY).orElse("")
                : test.engine();
        return name.isEmpty() ? first() : Engines.named(name);
    }

    private static EngineProvider first() {
        List<EngineProvider> engines = Engines.all();
        if (engines.isEmpty()) {
            throw none();
        }
        return engines.get(0);
    }

    static EngineUnavailable none() {
        return new EngineUnavailable(
                "no engine is on the class path; add the artifact picorn-emulator-unicorn to the tests' dependencies");
    }
}
