export default function Viz() { return null }
