/**
 * What all drawings of SVG share: text that is safe in XML and large enough to be read, and how wide it is without a font at hand.
 *
 * <pre>{@code
 * out.append(SvgText.open(640, 480, 13)).append(SvgText.text(24, 30, "", "<title>")).append("</svg>\n");
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.svg;

import org.jspecify.annotations.NullMarked;
