import { emptyBasket } from './basket.js'

emptyBasket()
